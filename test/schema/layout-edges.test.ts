import assert from "node:assert/strict";
import { layoutOf } from "../../schema/layout.ts";
import { firehoseTimeZoneProblem } from "../../schema/time-zone.ts";
import { offset, offsets } from "./clock.ts";
import { dateProjection, selects } from "./projection.ts";

const since = "2026-01-01";
const zones = Intl.supportedValuesOf("timeZone").filter((zone) => firehoseTimeZoneProblem(zone).length === 0);

describe("where clocks go back", () => {
  // In Chatham 03:45 becomes 02:45, in Troll 03:00 becomes 01:00: a later event stands in an earlier hour.
  for (const [timeZone, change, hours] of [
    ["Pacific/Chatham", "2027-04-03T14:00:00Z", ["03", "02"]],
    ["Antarctica/Troll", "2026-10-25T01:00:00Z", ["02", "01"]],
    ["Europe/Berlin", "2026-10-25T01:00:00Z", ["02", "02"]],
  ] as const) {
    it(`the hours around the change are selected: ${timeZone}`, () => {
      const layout = layoutOf({ timeZone, partitioning: "hour", since });
      const period = {
        from: new Date(Date.parse(change) - 60_000),
        to: new Date(Date.parse(change) + 60_000),
      };
      const found = [layout.partitionOf(period.from), layout.partitionOf(period.to)];
      assert.deepEqual(
        found.map((partition) => partition.slice(-2)),
        hours,
      );
      for (const partition of found) assert.ok(selects(layout.whereClause(period), partition));
    });
  }
});

describe("the projection reaches into tomorrow", () => {
  it("exactly where a zone's clock is ever ahead of UTC", () => {
    const wrong = zones.filter((timeZone) => {
      const format = offsets(timeZone);
      let ahead = false;
      for (let week = 0; week < 104 && !ahead; week++) {
        ahead = offset(new Date(Date.parse(since) + week * 7 * 86_400_000), format) > 0;
      }
      const range = layoutOf({ timeZone, partitioning: "day", since }).projectionParameters("lake")[
        "projection.dt.range"
      ];
      return range !== `${since},${ahead ? "NOW+1DAYS" : "NOW"}`;
    });
    assert.deepEqual(wrong, []);
  });

  it("because without it an event of a morning in Auckland is in no partition", () => {
    const layout = layoutOf({ timeZone: "Pacific/Auckland", partitioning: "day", since });
    const now = new Date("2026-11-20T20:00:00Z");
    const partition = layout.partitionOf(now);
    assert.equal(partition, "2026-11-21");
    const parameters = layout.projectionParameters("lake");
    const short = { ...parameters, "projection.dt.range": `${since},NOW` };
    assert.equal(dateProjection(short, "dt").generates(partition, now), false);
    assert.ok(!dateProjection(short, "dt").values(now).includes(partition));
    assert.equal(dateProjection(parameters, "dt").generates(partition, now), true);
  });
});
