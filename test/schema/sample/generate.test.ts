import assert from "node:assert/strict";
import { accessLog } from "../../../datasets/access-log.ts";
import { clickstream } from "../../../datasets/clickstream.ts";
import { riskEvent } from "../../../datasets/risk-event.ts";
import generateAccessLog from "../../../fixtures/access-log.ts";
import generateClickstream from "../../../fixtures/clickstream.ts";
import generateRiskEvents from "../../../fixtures/risk-event.ts";
import { eventValidator } from "../../../producer/validate.ts";
import type { Dataset } from "../../../schema/dataset.ts";
import type { MakeGenerator } from "../../../schema/sample/generator.ts";
import { generateEvents } from "../../../schema/sample/index.ts";

const until = new Date("2026-11-20T12:00:00Z");
const fixtures = new Map<Dataset, MakeGenerator>([
  [accessLog, generateAccessLog],
  [clickstream, generateClickstream],
  [riskEvent, generateRiskEvents],
]);
const sample = (dataset: Dataset, count: number, malformedShare = 0, seed: number | string = 7) => [
  ...generateEvents(dataset, { count, seed, malformedShare, until, make: fixtures.get(dataset)! }),
];
const rowsOf = (dataset: Dataset, count: number) =>
  sample(dataset, count).map(({ line }) => JSON.parse(line) as Record<string, unknown>);

describe("generated events", () => {
  for (const dataset of fixtures.keys()) {
    describe(dataset.name, () => {
      it("are the same for the same seed and end, others for another seed", () => {
        assert.deepEqual(sample(dataset, 200, 0.1), sample(dataset, 200, 0.1));
        assert.notDeepEqual(sample(dataset, 200), sample(dataset, 200, 0, "another"));
      });

      it("are exactly as many as asked for, with exactly the malformed share", () => {
        const events = sample(dataset, 1000, 0.013);
        assert.equal(events.length, 1000);
        assert.equal(events.filter(({ wellFormed }) => !wellFormed).length, 13);
      });

      it("fit the dataset unless they are malformed, and then not", () => {
        const problemOf = eventValidator(dataset);
        for (const { line, wellFormed } of sample(dataset, 600, 0.5)) {
          let fits: boolean;
          try {
            fits = problemOf(JSON.parse(line) as Record<string, unknown>) === undefined;
          } catch {
            fits = false;
          }
          assert.equal(fits, wellFormed, line);
        }
      });

      it("have the columns of the dataset and ids of their own", () => {
        const rows = rowsOf(dataset, 500);
        const names = dataset.columns.map(({ name }) => name);
        for (const row of rows) assert.deepEqual(Object.keys(row).sort(), [...names].sort());
        const id = dataset.columns.find(({ columnName }) => columnName === dataset.eventId)?.name ?? "";
        assert.equal(new Set(rows.map((row) => row[id])).size, 500);
      });

      it("happen within the 24 hours before the end, in order", () => {
        const time = dataset.columns.find(({ columnName }) => columnName === dataset.eventTime);
        const times = rowsOf(dataset, 300).map((row) => String(row[time?.name ?? ""]));
        assert.deepEqual(times, [...times].sort());
        const first = time?.type === "date" ? "2026-11-19" : "2026-11-19T12:00:00";
        assert.ok(times.every((text) => text >= first && text < "2026-11-20T12:00:00"));
      });
    });
  }

  it("of the clickstream are many in the evening and few at night, on the clock of the dataset", () => {
    const hourOf = new Intl.DateTimeFormat("en", {
      hour: "numeric",
      hourCycle: "h23",
      timeZone: "Europe/Berlin",
    });
    const perHour = new Map<number, number>();
    for (const row of rowsOf(clickstream, 10_000)) {
      const hour = Number(hourOf.format(new Date(String(row["event_time"]))));
      perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
    }
    assert.ok((perHour.get(20) ?? 0) > 5 * (perHour.get(4) ?? 0));
    assert.equal(perHour.size, 24);
  });

  it("of the clickstream form visits of several events without a long pause, by visitors who come back", () => {
    const rows = rowsOf(clickstream, 10_000);
    const visits = [...Map.groupBy(rows, (row) => row["session_id"]).values()];
    const visitors = new Set(rows.map((row) => row["visitor_id"]));
    assert.ok(rows.length / visits.length > 3);
    assert.ok(visits.length / visitors.size > 1.5);
    for (const visit of visits) {
      const times = visit.map((row) => Date.parse(String(row["event_time"])));
      for (let i = 1; i < times.length; i++) assert.ok((times[i] ?? 0) - (times[i - 1] ?? 0) < 30 * 60_000);
      assert.equal(new Set(visit.map((row) => row["visitor_id"])).size, 1);
    }
  });

  it("of the clickstream narrow down: views, carts, purchases; only purchases have revenue", () => {
    const rows = rowsOf(clickstream, 10_000);
    const count = (type: string) => rows.filter((row) => row["event_type"] === type).length;
    assert.ok(count("page_view") > 5 * count("add_to_cart"));
    assert.ok(count("add_to_cart") > 1.5 * count("purchase"));
    assert.ok(count("purchase") > 50);
    for (const row of rows) {
      assert.equal(row["revenue"] !== null, row["event_type"] === "purchase");
      assert.equal(row["search_term"] !== null, row["event_type"] === "search");
    }
  });

  it("are refused for a count or a share that is none", () => {
    assert.throws(() => generateEvents(clickstream, { count: -1 }), /count -1: use a whole number/);
    assert.throws(
      () => generateEvents(clickstream, { count: 1, malformedShare: 2 }),
      /malformedShare 2: use a share/,
    );
  });
});
