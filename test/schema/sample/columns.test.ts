import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { RowConverter } from "../../../local/delivery/row-converter.ts";
import { eventValidator } from "../../../producer/validate.ts";
import { defineDataset, type ColumnDefinition, type Dataset } from "../../../schema/dataset.ts";
import { glueColumnsOf } from "../../../schema/glue-columns.ts";
import { generateEvents } from "../../../schema/sample/index.ts";
import { anyDataset } from "../random-datasets.ts";

type Row = Record<string, unknown>;

const until = new Date("2026-11-20T12:00:00Z");
const openX = {
  caseInsensitive: true,
  convertDotsInJsonKeysToUnderscores: false,
  columnToJsonKeyMappings: {},
};
const sample = (dataset: Dataset, count: number, malformedShare = 0, seed: number | string = 7) => [
  ...generateEvents(dataset, { count, seed, malformedShare, until }),
];
const rowsOf = (dataset: Dataset, count: number) =>
  sample(dataset, count).map(({ line }) => JSON.parse(line) as Row);
const dataset = (columns: Record<string, ColumnDefinition["type"] | ColumnDefinition>, sessionId?: string) =>
  defineDataset<Record<string, ColumnDefinition>>({
    name: "orders",
    description: "An order.",
    columns: {
      id: { type: "string", description: "Which." },
      at: { type: "timestamp", description: "When." },
      ...Object.fromEntries(
        Object.entries(columns).map(([name, column]) => [
          name,
          typeof column === "string" ? { type: column, description: "Any.", required: true } : column,
        ]),
      ),
    },
    eventTime: "at",
    eventId: "id",
    ...(sessionId !== undefined && { sessionId }),
    since: "2026-01-01",
  });
const valuesOf = (name: string, column: ColumnDefinition["type"] | ColumnDefinition, count = 500) =>
  rowsOf(dataset({ [name]: column }), count).map((row) => row[name]);
const rate = (values: readonly unknown[], fits: (value: unknown) => boolean) =>
  values.filter(fits).length / values.length;

describe("a sample of any dataset, from its columns", () => {
  it("is the same for the same seed, another for another", () => {
    fc.assert(
      fc.property(anyDataset, (any) => {
        assert.deepEqual(sample(any, 30, 0.2), sample(any, 30, 0.2));
        assert.notDeepEqual(sample(any, 30), sample(any, 30, 0, "another"));
      }),
      { numRuns: 50 },
    );
  });

  it("fits the dataset and becomes rows, but for the malformed events, which do neither", () => {
    fc.assert(
      fc.property(anyDataset, (any) => {
        const problemOf = eventValidator(any);
        const converter = new RowConverter(glueColumnsOf(any), openX);
        for (const { line, wellFormed } of sample(any, 60, 0.3)) {
          if (!wellFormed) {
            assert.throws(() => converter.rowOf(JSON.parse(line), line), line);
            continue;
          }
          const event = JSON.parse(line) as Row;
          assert.equal(problemOf(event), undefined, line);
          const row = converter.rowOf(event, line);
          for (const [index, { name }] of any.columns.entries()) {
            assert.equal(row[index] === null, event[name] === null, `${name} of ${line}`);
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it("has all columns, ids of its own, and what is required always, what is not sometimes null", () => {
    const any = dataset({ must: "int", may: { type: "int", description: "Any." } });
    const rows = rowsOf(any, 1000);
    for (const row of rows) assert.deepEqual(Object.keys(row), ["id", "at", "must", "may"]);
    assert.equal(new Set(rows.map(({ id }) => id)).size, 1000);
    assert.ok(rows.every(({ must, at }) => must !== null && at !== null));
    assert.ok(Math.abs(rate(rows, (row) => (row as Row)["may"] === null) - 0.1) < 0.05);
  });

  it("happens at the instants of the sample, as the column's type and example write them", () => {
    const first = (time: Partial<ColumnDefinition>, timeZone = "UTC") => {
      const columns = {
        id: { type: "string", description: "Which." },
        at: { description: "When.", ...time },
      };
      const [row] = rowsOf(
        defineDataset({
          ...{
            name: "a",
            description: "Any.",
            eventTime: "at",
            eventId: "id",
            timeZone,
            since: "2026-01-01",
          },
          columns: columns as Record<string, ColumnDefinition>,
        }),
        1,
      );
      return row!["at"];
    };
    const timestamp = (example?: string | number) =>
      first({ type: "timestamp", ...(example !== undefined && { examples: [example] }) });
    const instant = Date.parse(String(timestamp()));
    assert.ok(instant >= until.getTime() - 86_400_000 && instant < until.getTime());
    const iso = new Date(instant).toISOString();
    assert.equal(timestamp(), iso);
    assert.equal(timestamp("2015-01-02T03:04:05Z"), `${iso.slice(0, 19)}Z`);
    assert.equal(timestamp("2015-01-02T03:04:05.1"), iso.slice(0, 23));
    assert.equal(timestamp("2015-01-02 03:04:05"), iso.slice(0, 19).replace("T", " "));
    assert.equal(timestamp(1_700_000_000), Math.floor(instant / 1000));
    assert.equal(timestamp(1_700_000_000.5), instant / 1000);
    assert.equal(timestamp(1_700_000_000_000), instant);
    assert.equal(timestamp("1700000000000"), String(instant));
    assert.equal(timestamp("soon"), iso.slice(0, 19));
    assert.equal(first({ type: "date" }), iso.slice(0, 10));
    // It is day there already, or still, for half of the sample; the first event is at 12:00 UTC or a little later.
    assert.equal(first({ type: "date" }, "Pacific/Auckland"), "2026-11-20");
  });

  it("has sessions: events that share the id and the visitor, and come close together", () => {
    const rows = rowsOf(
      dataset({ sessionId: "string", visitorId: "string", page: "string" }, "sessionId"),
      20_000,
    );
    const sessions = [...Map.groupBy(rows, (row) => row["sessionId"]).values()];
    assert.ok(rows.length / sessions.length > 3);
    const visitors = new Set(rows.map((row) => row["visitorId"]));
    assert.ok(sessions.length / visitors.size > 1.5, "visitors come back");
    assert.ok(sessions.some((session) => new Set(session.map(({ page }) => page)).size > 1));
    for (const session of sessions) {
      const times = session.map(({ at }) => Date.parse(String(at)));
      for (const [index, time] of times.entries()) {
        assert.ok(index === 0 || time - times[index - 1]! < 30 * 60_000);
      }
      assert.equal(new Set(session.map((row) => row["visitorId"])).size, 1);
    }
  });

  it("repeats texts by Zipf's law, so that what is grouped by them looks real", () => {
    const counts = [...Map.groupBy(valuesOf("category", "string", 5000), (value) => value).values()]
      .map(({ length }) => length)
      .sort((a, b) => b - a);
    assert.ok(counts.length >= 10);
    assert.ok(counts[0]! > 5 * counts.at(-1)!);
  });

  it("takes allowed values and examples, the first the most often", () => {
    const sizes = ["S", "M", "L"];
    const sized = valuesOf("size", { type: "string", description: "Any.", required: true, values: sizes });
    assert.deepEqual([...new Set(sized)].sort(), [...sizes].sort());
    assert.ok(rate(sized, (value) => value === "S") > rate(sized, (value) => value === "L"));
    const shown = valuesOf("city", { type: "string", description: "Any.", examples: ["Rom", "Bonn"] });
    assert.deepEqual([...new Set(shown.filter((value) => value !== null))].sort(), ["Bonn", "Rom"]);
    const grades = valuesOf("grade", { type: "int", description: "Any.", required: true, values: [3, 5] });
    assert.deepEqual([...new Set(grades)].sort(), [3, 5]);
  });

  it("keeps to ranges, and takes numbers like the examples", () => {
    const within = (column: Partial<ColumnDefinition>, least: number, most: number) => {
      const values = valuesOf("weight", {
        type: "int",
        description: "Any.",
        required: true,
        ...column,
      }) as number[];
      assert.ok(
        values.every((value) => value >= least && value <= most),
        JSON.stringify(column),
      );
      assert.ok(new Set(values).size > 3, JSON.stringify(column));
    };
    within({}, 0, 1000);
    within({ type: "tinyint" }, 0, 127);
    within({ minimum: 5000 }, 5000, 6000);
    within({ maximum: -5000 }, -6000, -5000);
    within({ minimum: 10, maximum: 20 }, 10, 20);
    within({ examples: [200, 210] }, 200, 210);
    within({ examples: [7] }, 0, 14);
    within({ type: "decimal(3,3)" }, 0, 0.999);
    within({ type: "double", examples: [1.25, 2.5] }, 1.25, 2.5);
    const decimals = valuesOf("weight", { type: "double", description: "Any.", examples: [1.25, 2] });
    assert.ok(decimals.every((value) => value === null || /^\d(\.\d{1,2})?$/.test(JSON.stringify(value))));
  });

  it("takes three numbers or more for a list, as of status codes", () => {
    const codes = valuesOf("status", {
      type: "int",
      description: "Any.",
      required: true,
      examples: [200, 404, 500],
    });
    assert.deepEqual([...new Set(codes)].sort(), [200, 404, 500]);
  });

  it("knows what some names say", () => {
    const known: [name: string, type: ColumnDefinition["type"], pattern: RegExp][] = [
      ["totalPrice", "double", /^\d+(\.\d{1,2})?$/],
      ["Quantity", "int", /^[1-9]$/],
      ["country_code", "string", /^[A-Z]{2}$/],
      ["landing_url", "string", /^https:\/\/www\.example\.com\//],
      ["path", "string", /^\//],
      ["userEmail", "string", /^\w+@example\.com$/],
      ["remote_addr", "string", /^198\.1[89]\.\d+\.\d+$/],
      ["product_id", "string", /^[0-9a-f]{16}$/],
      ["ratio", "double", /^(0(\.\d+)?|1)$/],
    ];
    for (const [name, type, pattern] of known) {
      for (const value of valuesOf(name, type, 50)) assert.match(String(value), pattern, name);
    }
  });

  it("spoils events in every way there is; those of text columns alone are cut off or no JSON", () => {
    const kinds = (columns: Record<string, ColumnDefinition["type"]>) =>
      new Set(
        sample(dataset(columns), 200, 1).map(({ line }) => {
          if (line.startsWith("<")) return "no JSON";
          try {
            JSON.parse(line);
            return "wrong type";
          } catch {
            return "cut off";
          }
        }),
      );
    assert.deepEqual([...kinds({ n: "int" })].sort(), ["cut off", "no JSON", "wrong type"]);
    const texts = defineDataset({
      ...{ name: "a", description: "Any.", eventTime: "day", eventId: "id", since: "2026-01-01" },
      columns: { id: { type: "string", description: "Which." }, day: { type: "date", description: "When." } },
    });
    const [id, day] = texts.columns;
    const onlyTexts = { ...texts, columns: [id!, { ...day!, type: "string" as const }] };
    const lines = sample(onlyTexts, 200, 1).map(({ line }) => line);
    for (const line of lines) assert.throws(() => JSON.parse(line), SyntaxError, line);
  });

  it("is made one by one: the memory of a large sample is that of a small one", () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const large = dataset(
      { session: "string", user_id: "string", page: "string", tags: "array<string>" },
      "session",
    );
    let most = 0;
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    let made = 0;
    for (const { line } of generateEvents(large, { count: 1_000_000, until })) {
      assert.ok(line.length > 0);
      if (++made === 150_000) break;
      if (made % 30_000 === 0) {
        collectGarbage();
        most = Math.max(most, process.memoryUsage().heapUsed - before);
      }
    }
    assert.ok(most < 30e6, `${most} bytes`);
  });
});
