import assert from "node:assert/strict";
import fc from "fast-check";
import { RowConverter } from "../../../local/delivery/row-converter.ts";
import { defineDataset } from "../../../schema/dataset.ts";
import { glueColumnsOf } from "../../../schema/glue-columns.ts";
import { inferDataset } from "../../../schema/infer/index.ts";
import { datasetNameOf } from "../../../schema/infer/name.ts";
import { parseAsWritten } from "../../../schema/infer/written-number.ts";
import { generateEvents } from "../../../schema/sample/index.ts";
import { anyDataset } from "../random-datasets.ts";
import { inferredOf } from "./inferred.ts";

const openX = {
  caseInsensitive: true,
  convertDotsInJsonKeysToUnderscores: false,
  columnToJsonKeyMappings: {},
};
const time = "2026-11-20T10:00:00Z";
const event = (rest: object, index = 0) =>
  JSON.stringify({ event_id: `e${index}`, event_time: time, ...rest });
const many = (make: (index: number) => object) => Array.from({ length: 200 }, (_, n) => event(make(n), n));
const refused = (events: Iterable<unknown>, message: RegExp, options = {}) =>
  assert.rejects(inferDataset(events, { name: "orders", ...options }), message);

describe("a dataset that events show", () => {
  it("has their keys in order, with types, and what is in all of them as required", async () => {
    const { definition, events, doubts } = await inferredOf(
      many((n) => ({ page: "/", load: n % 2 ? 5 : null, ...(n > 0 && { late: true }) })),
    );
    assert.equal(events, 200);
    assert.deepEqual(doubts, []);
    const columns = Object.entries(definition.columns).map(([name, { type, required = false }]) => [
      name,
      type,
      required,
    ]);
    assert.deepEqual(columns, [
      ["event_id", "string", true],
      ["event_time", "timestamp", true],
      ["page", "string", true],
      ["load", "int", false],
      ["late", "boolean", false],
    ]);
    const { name, eventTime, eventId, sessionId, timeZone, since, description } = definition;
    assert.deepEqual(
      [name, eventTime, eventId, sessionId, timeZone, since, description],
      ["orders", "event_time", "event_id", undefined, "UTC", "2026-11-20", "Inferred from 200 events."],
    );
  });

  it("takes every event of the sample: none would end in Firehose's error output", async () => {
    const jsonEvent = fc.dictionary(
      fc.oneof(fc.constantFrom("a", "B", "b", "n_1", "created_at"), fc.string()),
      fc.jsonValue({ maxDepth: 4 }),
      { maxKeys: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(jsonEvent, { minLength: 1, maxLength: 8 }), async (events) => {
        const lines = events.map((each, index) => event(each, index));
        const { definition } = await inferredOf(lines);
        const converter = new RowConverter(glueColumnsOf(defineDataset(definition)), openX);
        for (const line of lines) converter.rowOf(JSON.parse(line), line);
      }),
      { numRuns: 300 },
    );
  });

  it("has the columns of the dataset of which its events are a sample", async () => {
    await fc.assert(
      fc.asyncProperty(anyDataset, async (dataset) => {
        const lines = [...generateEvents(dataset, { count: 30 })].map(({ line }) => line);
        const { definition } = await inferredOf(lines);
        assert.deepEqual(
          Object.keys(definition.columns),
          dataset.columns.map(({ name }) => name),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("tells of few events, of lines that are none, and of keys that differ in case", async () => {
    const { doubts, events } = await inferDataset(
      [undefined, { Id: "a", at: time }, [1], { id: "b", at: time }, { id: "c", ID: "d", at: time }],
      { name: "orders" },
    );
    assert.equal(events, 3);
    assert.deepEqual(doubts.slice(0, 3), [
      "2 of 5 lines are no event and left out.",
      "There are only 3 events: what is required and what is not may be too strict.",
      "Keys differ in case alone in 1 of 3 events; Firehose keeps one.",
    ]);
    assert.match(doubts[3]!, /^`id`: it is spelt "Id" \(1 of 3 events\), "ID" \(1 of 3 events\) as well/);
  });

  it("leaves out keys that no column can be called, and tells", async () => {
    const { definition, doubts } = await inferredOf(
      many(() => ({ "x-y": 1, order: 2, "@time": 3, dt: 4, "": 5 })),
    );
    assert.deepEqual(Object.keys(definition.columns), ["event_id", "event_time"]);
    assert.equal(doubts.length, 5);
    assert.match(doubts[0]!, /^`x-y`: it is left out, as no column can have that name \(use letters/);
    assert.match(doubts[1]!, /^`order`: .*reserved word/);
  });

  it("shows values as examples that come back, never what may be somebody's own", async () => {
    const { definition, doubts } = await inferredOf(
      many((n) => ({
        ...{
          method: n % 4 ? "GET" : "POST",
          status: n % 2 ? 200 : 404,
          path: `/${n % 30}`,
          bytes: n,
          ratio: n / 8,
        },
        ...{
          email: `a${n % 3}@b.org`,
          ip: `192.0.2.${n % 3}`,
          phone: `+49 170 123456${n % 3}`,
          token: `t${n}`,
        },
        ...{ at: 1763632800 + n, note: `${"x".repeat(61)}${n % 2}`, line: `a\n${n % 2}` },
      })),
    );
    const examples = Object.entries(definition.columns).map(([name, column]) => [name, column.examples]);
    assert.deepEqual(Object.fromEntries(examples), {
      event_id: undefined,
      event_time: undefined,
      method: ["GET", "POST"],
      status: [404, 200],
      path: ["/0", "/1", "/2", "/3", "/4"],
      bytes: [0, 199],
      ratio: [0, 199 / 8],
      email: undefined,
      ip: undefined,
      phone: undefined,
      token: undefined,
      at: [1763632800],
      note: undefined,
      line: undefined,
    });
    const descriptions = Object.values(definition.columns).map(({ description }) => description);
    assert.deepEqual(descriptions.slice(1, 8), [
      "From 2026-11-20T10:00:00Z to 2026-11-20T10:00:00Z.",
      "Such as GET, POST.",
      "Such as 404, 200.",
      "Such as /0, /1, /2.",
      "From 0 to 199.",
      "From 0 to 24.875.",
      "Text of 8 characters.",
    ]);
    assert.match(doubts.join("\n"), /`method`: 2 different values in 200 events stand as examples/);
  });

  const eventTimes: [what: string, columns: object, eventTime: string, doubt?: RegExp][] = [
    [
      "the one that is named so",
      { created: time, event_time: time },
      "event_time",
      /`event_time`.*`created` is a time/,
    ],
    ["a timestamp before a date", { event_date: "2026-11-20", at: time }, "at", /`event_date` is a time/],
    ["a date, where there is no timestamp", { day: "2026-11-20" }, "day"],
    ["seconds", { ts: 1763632800 }, "ts"],
  ];
  for (const [what, columns, eventTime, doubt] of eventTimes) {
    it(`takes for the event time ${what}`, async () => {
      const { definition, doubts } = await inferDataset(
        Array.from({ length: 100 }, (_, n) => ({ id: `e${n}`, ...columns })),
        { name: "orders" },
      );
      assert.equal(definition.eventTime, eventTime);
      const about = doubts.filter((each) => each.includes("event time"));
      assert.equal(about.length, doubt ? 1 : 0);
      if (doubt) assert.match(about[0]!, doubt);
    });
  }

  it("takes a required time before one that is named better, and tells where none is required", async () => {
    const sometimes = (n: number) => (n % 2 ? null : time);
    const both = Array.from({ length: 100 }, (_, n) => ({
      id: `e${n}`,
      logged: time,
      event_time: sometimes(n),
    }));
    assert.equal((await inferDataset(both, { name: "a" })).definition.eventTime, "logged");
    const one = both.map(({ logged: _, ...rest }) => rest);
    const { doubts } = await inferDataset(one, { name: "a" });
    assert.match(doubts.join("\n"), /`event_time`: .*50 events have null or nothing there/);
  });

  const ids: [what: string, make: (n: number) => object, eventId: string, doubt?: RegExp][] = [
    ["event_id", (n) => ({ id: `i${n}`, event_id: `e${n}` }), "event_id"],
    [
      "EventId, though some are sent again",
      (n) => ({ EventId: `e${n === 7 ? 6 : n}` }),
      "EventId",
      /1 of 200 values is there again/,
    ],
    [
      "id before order_id",
      (n) => ({ order_id: `o${n}`, id: `i${n}` }),
      "id",
      /`id`: .*another in each of 200 events/,
    ],
    [
      "one of its own, where ids come back",
      (n) => ({ user_id: `u${n % 50}` }),
      "event_id",
      /`event_id`: it was added/,
    ],
    [
      "one of its own, where the id is a number",
      (n) => ({ event_id: n }),
      "event_uuid",
      /`event_uuid`: it was added/,
    ],
    ["no session", (n) => ({ session_id: `s${n}` }), "event_id", /was added/],
    ["no text that is unique by accident", (n) => ({ title: `t${n}` }), "event_id", /was added/],
  ];
  for (const [what, make, eventId, doubt] of ids) {
    it(`takes for the event id ${what}`, async () => {
      const events = Array.from({ length: 200 }, (_, n) => ({ at: time, ...make(n) }));
      const { definition, doubts } = await inferDataset(events, { name: "orders" });
      assert.equal(definition.eventId, eventId);
      assert.equal(definition.columns[eventId]?.type, "string");
      const about = doubts.filter((each) => / event id| is an id /.test(each));
      assert.equal(about.length, doubt ? 1 : 0, about.join("\n"));
      if (doubt) assert.match(about[0]!, doubt);
    });
  }

  it("takes for the session id one that comes back, and tells", async () => {
    const { definition, doubts } = await inferredOf(
      many((n) => ({ sessionId: `s${n % 9}`, visitor_id: "v" })),
    );
    assert.equal(definition.sessionId, "sessionId");
    assert.match(doubts.join("\n"), /`sessionId`: it was taken for the session id\./);
    const once = await inferredOf(many((n) => ({ sessionId: `s${n}` })));
    assert.equal(once.definition.sessionId, undefined);
  });

  it("begins on the first day of its zone; where that is no day for events, today, and tells", async () => {
    const night = [
      event({ event_time: "2026-11-20T20:00:00Z" }),
      event({ event_time: "2026-11-20T18:00:00Z" }),
    ];
    assert.equal((await inferredOf(night, { timeZone: "Asia/Tokyo" })).definition.since, "2026-11-21");
    assert.equal((await inferredOf(night)).definition.since, "2026-11-20");
    for (const far of ["0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"]) {
      const { definition, doubts } = await inferredOf([event({ event_time: far })]);
      assert.equal(definition.since, new Date().toISOString().slice(0, 10));
      assert.match(doubts.join("\n"), /`event_time`: the first is .*, so `since` is today/);
    }
  });

  it("is none without events, times, or with values for keys, or a name or zone that is none", async () => {
    await refused([], /^InferenceError: there are no events\.$/);
    await refused([undefined, 1, "a", [{}]], /^InferenceError: none of 4 lines is an event\.$/);
    await refused([{}], /^InferenceError: no key can be a column/);
    await refused(
      [{ a: 1, at: "2026-11-20T10:00:00+02:00" }],
      /no column is a time.*\n[^]*`at`: 1 of 1 value is a time with an offset/,
    );
    const keys = function* () {
      for (let n = 0; n < 1_000_000; n++) yield { at: time, [`k${n}`]: 1 };
    };
    await refused(keys(), /more than 1,000 different keys, such as "k\d+": values stand in the keys/);
    await refused([{ at: time }], /DatasetError: [^]*name "No Name"/, { name: "No Name" });
    await refused([{ at: time }], /DatasetError: [^]*no such IANA time zone/, {
      timeZone: "Europe/Atlantis",
    });
  });

  it("is called as the file is, as far as that is a name", () => {
    for (const [path, name] of [
      ["logs/access.ndjson.gz", "access"],
      ["Access_Log 2.csv", "access-log-2"],
      ["webShopOrders.json", "web-shop-orders"],
      ["2026-11-20.log", "events"],
      ["./a-very-long-name-of-many-words.ndjson", "a-very-long-name-of-many"],
      ["C:\\data\\Orders.tsv", "orders"],
      ["événements.ndjson", "v-nements"],
    ]) {
      assert.equal(datasetNameOf(path!), name);
    }
  });

  it("reads numbers as they are written only where JavaScript would forget it", () => {
    const [plain, written] = [
      '{"a":[1,2.5,"1.0"],"b":-3}',
      '{"a":1.0,"b":1e3,"c":12345678901234567890,"d":"7e7","e":5}',
    ];
    assert.deepEqual(parseAsWritten(plain), JSON.parse(plain));
    const value = parseAsWritten(written) as Record<string, { source?: string }>;
    assert.deepEqual(
      Object.values(value).map((each) => each.source ?? each),
      ["1.0", "1e3", "12345678901234567890", "7e7", 5],
    );
  });
});
