import assert from "node:assert/strict";
import fc from "fast-check";
import type { Granularity } from "../../schema/dataset.ts";
import { layoutOf, type Layout, type Period } from "../../schema/layout.ts";
import { firehoseTimeZoneProblem } from "../../schema/time-zone.ts";
import { dataPrefix, errorPrefix } from "../../local/delivery/prefix.ts";
import { clock, clockChanges } from "./clock.ts";
import { dateProjection, selects } from "./projection.ts";

const since = "2026-01-01";
const granularities: Granularity[] = ["hour", "day", "month"];
const zones = Intl.supportedValuesOf("timeZone").filter((zone) => firehoseTimeZoneProblem(zone).length === 0);

const changingZones = zones.filter((zone) => clockChanges(zone, 2027).length > 0);

const anyZone = fc.constantFrom(...zones);
const anyGranularity = fc.constantFrom(...granularities);
const anyInstant = fc.date({
  min: new Date("2026-01-02T00:00:00Z"),
  max: new Date("2040-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
/** Within some hours of the change of a zone's clocks, of New Year, or of the start of a UTC day. */
const edge = fc.oneof(
  fc
    .constantFrom(...changingZones)
    .chain((timeZone) =>
      fc.record({ timeZone: fc.constant(timeZone), at: fc.constantFrom(...clockChanges(timeZone, 2027)) }),
    ),
  fc.record({
    timeZone: anyZone,
    at: fc.integer({ min: 2027, max: 2040 }).map((year) => Date.UTC(year, 0, 1)),
  }),
);
const nearEdge = fc
  .tuple(edge, fc.integer({ min: -4 * 3_600_000, max: 4 * 3_600_000 }))
  .map(([{ timeZone, at }, distance]) => ({ timeZone, instant: new Date(at + distance) }));
const anywhere = fc.record({ timeZone: anyZone, instant: anyInstant });
const anyMoment = fc.oneof(anywhere, nearEdge);

function projectionOf(layout: Layout) {
  return dateProjection(layout.projectionParameters("lake"), "dt");
}

describe("a layout", () => {
  it("of a day in Berlin", () => {
    const layout = layoutOf({ timeZone: "Europe/Berlin", partitioning: "day", since: "2026-03-15" });
    const { projectionParameters, partitionOf, partitionsOf, whereClause, ...texts } = layout;
    assert.deepEqual(texts, {
      prefix: "data/dt=!{timestamp:yyyy-MM-dd}/",
      errorOutputPrefix: "errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/",
      dataFolder: "data/",
      errorFolder: "errors/",
      partitionKeys: [
        { name: "dt", type: "string", comment: "The day of arrival, yyyy-MM-dd in Europe/Berlin" },
      ],
    });
    assert.deepEqual(projectionParameters("lake"), {
      "projection.enabled": "true",
      "projection.dt.type": "date",
      "projection.dt.format": "yyyy-MM-dd",
      "projection.dt.range": "2026-03-15,NOW+1DAYS",
      "projection.dt.interval": "1",
      "projection.dt.interval.unit": "DAYS",
      "storage.location.template": "s3://lake/data/dt=${dt}/",
    });
    const period = { from: new Date("2026-03-31T22:10:00Z"), to: new Date("2026-04-02T22:00:00Z") };
    assert.equal(partitionOf(period.to), "2026-04-03");
    assert.deepEqual(partitionsOf(period), { first: "2026-03-31", last: "2026-04-03" });
    assert.equal(whereClause(period), "dt BETWEEN '2026-03-31' AND '2026-04-03'");
  });

  for (const [partitioning, pattern, unit, start] of [
    ["hour", "yyyy-MM-dd-HH", "HOURS", "2026-03-15-00"],
    ["day", "yyyy-MM-dd", "DAYS", "2026-03-15"],
    ["month", "yyyy-MM", "MONTHS", "2026-03"],
  ] as const) {
    it(`by ${partitioning} has one format everywhere, with interval and unit, and never the year of the week`, () => {
      const layout = layoutOf({ timeZone: "UTC", partitioning, since: "2026-03-15" });
      const parameters = layout.projectionParameters("lake");
      assert.equal(layout.prefix, `data/dt=!{timestamp:${pattern}}/`);
      assert.equal(
        layout.errorOutputPrefix,
        `errors/!{firehose:error-output-type}/dt=!{timestamp:${pattern}}/`,
      );
      assert.equal(parameters["projection.dt.format"], pattern);
      assert.equal(parameters["projection.dt.interval"], "1");
      assert.equal(parameters["projection.dt.interval.unit"], unit);
      assert.equal(parameters["projection.dt.range"], `${start},NOW`);
      assert.ok(!/Y/.test(pattern + layout.prefix + layout.errorOutputPrefix));
    });
  }

  it("starts where its projection starts", () => {
    for (const partitioning of granularities) {
      const layout = layoutOf({ timeZone: "Pacific/Auckland", partitioning, since: "2026-03-15" });
      const firstInstant = new Date("2026-03-14T11:00:00Z");
      const now = new Date("2026-03-14T12:00:00Z");
      assert.equal(projectionOf(layout).values(now)[0], layout.partitionOf(firstInstant));
    }
  });

  it("is pure: two of one dataset are the same", () => {
    const dataset = { timeZone: "Asia/Tokyo", partitioning: "hour", since } as const;
    const describe = (layout: Layout) => JSON.stringify([layout, layout.projectionParameters("b")]);
    assert.equal(describe(layoutOf(dataset)), describe(layoutOf(dataset)));
  });
});

describe("for any instant, zone and granularity", () => {
  it("the partition is what the zone's clock shows", () => {
    fc.assert(
      fc.property(anyMoment, anyGranularity, ({ timeZone, instant }, partitioning) => {
        const length = { hour: 13, day: 10, month: 7 }[partitioning];
        const { partitionOf } = layoutOf({ timeZone, partitioning, since });
        assert.equal(partitionOf(instant), clock(instant, timeZone).slice(0, length));
      }),
      { numRuns: 300 },
    );
  });

  it("Firehose's prefix evaluates to the partition's folder", () => {
    fc.assert(
      fc.property(anyMoment, anyGranularity, ({ timeZone, instant }, partitioning) => {
        const layout = layoutOf({ timeZone, partitioning, since });
        const partition = layout.partitionOf(instant);
        const folder = dataPrefix(layout.prefix)({ instant, timeZone });
        assert.equal(folder, `data/dt=${partition}/`);
        const template = layout.projectionParameters("lake")["storage.location.template"] ?? "";
        assert.equal(template.replace("${dt}", partition), `s3://lake/${folder}`);
        assert.equal(
          errorPrefix(layout.errorOutputPrefix, layout.prefix)({ instant, timeZone, errorOutputType: "x" }),
          `errors/x/dt=${partition}/`,
        );
      }),
      { numRuns: 200 },
    );
  });

  it("the projection generates the partition from the moment the event arrives", () => {
    fc.assert(
      fc.property(
        anyMoment,
        anyGranularity,
        fc.nat({ max: 40 * 86_400_000 }),
        ({ timeZone, instant }, partitioning, later) => {
          const layout = layoutOf({ timeZone, partitioning, since });
          const { generates } = projectionOf(layout);
          const partition = layout.partitionOf(instant);
          assert.ok(generates(partition, instant), `${partition} at once`);
          assert.ok(generates(partition, new Date(instant.getTime() + later)), `${partition} later`);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("the partition is among the values of the projection, one by one", () => {
    fc.assert(
      fc.property(anyMoment, anyGranularity, ({ timeZone, instant }, partitioning) => {
        const day = new Date(instant.getTime() - 3 * 86_400_000).toISOString().slice(0, 10);
        const layout = layoutOf({ timeZone, partitioning, since: day });
        const values = projectionOf(layout).values(instant);
        assert.ok(
          values.includes(layout.partitionOf(instant)),
          `${layout.partitionOf(instant)} in ${values.join(" ")}`,
        );
        assert.deepEqual(values, [...new Set(values)].sort());
        assert.ok(values.every((value) => projectionOf(layout).generates(value, instant)));
      }),
      { numRuns: 100 },
    );
  });

  it("the WHERE clause of a period selects the object of each event that arrived in it", () => {
    const minute = 60_000;
    fc.assert(
      fc.property(
        anyMoment,
        anyGranularity,
        fc.record({
          before: fc.oneof(fc.nat(240 * minute), fc.nat(400 * 86_400_000)),
          after: fc.oneof(fc.nat(240 * minute), fc.nat(400 * 86_400_000)),
          buffered: fc.nat(900_000),
        }),
        ({ timeZone, instant: arrival }, partitioning, { before, after, buffered }) => {
          const layout = layoutOf({ timeZone, partitioning, since });
          const period: Period = {
            from: new Date(arrival.getTime() - before),
            to: new Date(arrival.getTime() + after),
          };
          // The object stands where its oldest event arrived, up to 900 s before this one.
          const object = layout.partitionOf(new Date(arrival.getTime() - buffered));
          const where = layout.whereClause(period);
          assert.ok(selects(where, object), `${where} misses ${object}`);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("the WHERE clause of a period selects no partition further away than buffering and clocks reach", () => {
    const reach = 3 * 3_600_000;
    fc.assert(
      fc.property(anyMoment, fc.nat(3 * 86_400_000), ({ timeZone, instant }, length) => {
        const layout = layoutOf({ timeZone, partitioning: "hour", since });
        const where = layout.whereClause({ from: instant, to: new Date(instant.getTime() + length) });
        assert.ok(!selects(where, layout.partitionOf(new Date(instant.getTime() - reach - 3_600_000))));
        assert.ok(!selects(where, layout.partitionOf(new Date(instant.getTime() + length + reach))));
      }),
      { numRuns: 200 },
    );
  });
});
