import assert from "node:assert/strict";
import {
  DatasetError,
  defineDataset,
  type ColumnDefinition,
  type DatasetDefinition,
} from "../../schema/dataset.ts";
import { riskEvent } from "../../datasets/risk-event.ts";

type AnyDefinition = DatasetDefinition<Record<string, ColumnDefinition>>;

const columns = {
  id: { type: "string", description: "Identifies the order." },
  placed: { type: "timestamp", description: "When it was placed." },
} as const;
const valid: AnyDefinition = {
  name: "orders",
  description: "An order.",
  columns,
  eventTime: "placed",
  eventId: "id",
  since: "2026-11-01",
};

/** What is wrong with the valid definition after a change. */
function problemsOf(change: Partial<AnyDefinition>): readonly string[] {
  try {
    defineDataset({ ...valid, ...change });
  } catch (error) {
    assert.ok(error instanceof DatasetError, String(error));
    return error.problems;
  }
  return [];
}

function problemsOfColumns(more: Record<string, { type: string; description?: string }>): readonly string[] {
  const described = Object.entries(more).map(([name, column]) => [name, { description: "What.", ...column }]);
  const all = { ...columns, ...(Object.fromEntries(described) as Record<string, ColumnDefinition>) };
  return problemsOf({ columns: all });
}

describe("a dataset", () => {
  it("has days of UTC unless it says otherwise, and a table name that SQL takes unquoted", () => {
    assert.deepEqual(defineDataset({ ...valid, name: "web-orders-2" }), {
      name: "web-orders-2",
      description: "An order.",
      columns: [
        { name: "id", columnName: "id", type: "string", description: "Identifies the order." },
        { name: "placed", columnName: "placed", type: "timestamp", description: "When it was placed." },
      ],
      eventTime: "placed",
      eventId: "id",
      timeZone: "UTC",
      partitioning: "day",
      since: "2026-11-01",
      tableName: "web_orders_2",
      definition: columns,
    });
  });

  it("keeps the JSON key and lower-cases the column's name, as Glue does", () => {
    const { sessionId: _none, ...rest } = valid;
    const { columns, eventTime, eventId } = defineDataset({
      ...rest,
      columns: {
        OrderId: { type: "string", description: "Identifies the order." },
        PlacedOn: { type: "date", description: "When it was placed." },
      },
      eventTime: "PlacedOn",
      eventId: "OrderId",
    });
    assert.deepEqual(
      columns.map(({ name, columnName }) => [name, columnName]),
      [
        ["OrderId", "orderid"],
        ["PlacedOn", "placedon"],
      ],
    );
    assert.deepEqual([eventTime, eventId], ["placedon", "orderid"]);
  });
});

describe("a dataset is refused", () => {
  for (const name of ["", "Orders", "2orders", "web_orders", "web--orders", "orders-", "o".repeat(25)]) {
    it(`when its name is "${name}"`, () => {
      assert.deepEqual(problemsOf({ name }), [
        `name "${name}": use 1-24 lower-case letters, digits and single hyphens, starting with a letter.`,
      ]);
    });
  }

  it("when two columns are the same after lower-casing", () => {
    assert.deepEqual(problemsOfColumns({ userId: { type: "string" }, UserID: { type: "int" } }), [
      'columns "userId" and "UserID" are both "userid" after lower-casing, which Glue does. Rename one.',
    ]);
  });

  for (const [name, columnName] of [
    ["date", "date"],
    ["Order", "order"],
    ["dt", "dt"],
    ["localtime", "localtime"],
    ["listagg", "listagg"],
  ] as const) {
    it(`when a column is called "${name}"`, () => {
      assert.deepEqual(problemsOfColumns({ [name]: { type: "string" } }), [
        `column "${name}": "${columnName}" is a reserved word in Athena or in the layout. Rename it.`,
      ]);
    });
  }

  for (const name of ["user.id", "1st", "_id", "größe", "x".repeat(128)]) {
    it(`when a column is called "${name.slice(0, 10)}"`, () => {
      assert.deepEqual(problemsOfColumns({ [name]: { type: "string" } }), [
        `column "${name}": use letters, digits and underscores, starting with a letter, 127 at most.`,
      ]);
    });
  }

  it("when a column's type is no Hive type", () => {
    assert.deepEqual(problemsOfColumns({ total: { type: "varchar" } }), [
      'column "total": unknown type "varchar". Use string, boolean, tinyint, smallint, int, bigint, float, double, ' +
        "date, timestamp, decimal(p,s), array<T>, map<string,T> or struct<name:T,...>.",
    ]);
  });

  for (const description of ["", "x".repeat(256)]) {
    it(`when a column's description has ${description.length} characters`, () => {
      assert.deepEqual(problemsOfColumns({ total: { type: "double", description } }), [
        'column "total": a description of 1-255 characters is needed (the limit of a Glue comment).',
      ]);
    });
  }

  it("when a range or a value is none that its type holds", () => {
    const bad = (column: Partial<ColumnDefinition>) =>
      problemsOfColumns({ total: { type: "int", ...column } });
    const bound = (key: string, value: number, type: string) =>
      `column "total": ${key} ${value}: write a number that ${type} holds.`;
    assert.deepEqual(bad({ minimum: 0.5 }), [bound("minimum", 0.5, "int")]);
    assert.deepEqual(bad({ maximum: 2 ** 31 }), [bound("maximum", 2 ** 31, "int")]);
    assert.deepEqual(bad({ type: "decimal(3,1)", maximum: 100 }), [bound("maximum", 100, "decimal(3,1)")]);
    assert.deepEqual(bad({ type: "decimal(3,1)", maximum: 99.9 }), []);
    assert.deepEqual(bad({ type: "float", minimum: -1e39 }), [bound("minimum", -1e39, "float")]);
    assert.deepEqual(bad({ type: "double", minimum: -1e39 }), []);
    assert.deepEqual(bad({ type: "decimal(3,1)", examples: [100] }), [
      'column "total": examples: 100 is no decimal(3,1).',
    ]);
    assert.deepEqual(bad({ examples: [1.5] }), ['column "total": examples: 1.5 is no int.']);
  });

  it("when its event time is no column, or one of another type", () => {
    const expected = (name: string) => [`eventTime "${name}": name a column of type timestamp or date.`];
    assert.deepEqual(problemsOf({ eventTime: "when" }), expected("when"));
    assert.deepEqual(problemsOf({ eventTime: "id" }), expected("id"));
  });

  it("when its event id is no column, or one of another type", () => {
    const expected = (name: string) => [`eventId "${name}": name a column of type string.`];
    assert.deepEqual(problemsOf({ eventId: "key" }), expected("key"));
    assert.deepEqual(problemsOf({ eventId: "placed" }), expected("placed"));
  });

  it("when Firehose refuses its time zone", () => {
    assert.deepEqual(problemsOf({ timeZone: "Etc/GMT+9" }), [
      'timeZone "Etc/GMT+9": Firehose takes IANA names of letters, "/" and "_" only, such as Europe/Berlin or UTC.',
    ]);
  });

  for (const since of ["2026-11", "20.11.2026", "2026-13-01", "2026-02-31", "2026-11-01T00:00:00Z", ""]) {
    it(`when it starts on "${since}"`, () => {
      assert.deepEqual(problemsOf({ since }), [`since "${since}": write a day that exists, as yyyy-MM-dd.`]);
    });
  }

  it("with all its mistakes at once, in one message", () => {
    const wrong = {
      ...valid,
      name: "Orders",
      columns: { select: { type: "text", description: "" } },
      eventTime: "placed",
      eventId: "id",
      timeZone: "CET",
      since: "soon",
    } as unknown as AnyDefinition;
    assert.throws(() => defineDataset(wrong), {
      name: "DatasetError",
      message: `Dataset "Orders":
  name "Orders": use 1-24 lower-case letters, digits and single hyphens, starting with a letter.
  column "select": "select" is a reserved word in Athena or in the layout. Rename it.
  column "select": a description of 1-255 characters is needed (the limit of a Glue comment).
  column "select": unknown type "text". Use string, boolean, tinyint, smallint, int, bigint, float, double, date, timestamp, decimal(p,s), array<T>, map<string,T> or struct<name:T,...>.
  eventTime "placed": name a column of type timestamp or date.
  eventId "id": name a column of type string.
  timeZone "CET": Firehose takes UTC, or an area and a place such as Europe/London.
  since "soon": write a day that exists, as yyyy-MM-dd.`,
    });
  });
});

describe("the datasets", () => {
  it("of risk events have text, dates and amounts", () => {
    const ofType = (type: string) =>
      riskEvent.columns.filter((column) => column.type === type).map(({ name }) => name);
    assert.deepEqual(ofType("string"), [
      ...["Region", "Business", "Name", "Status", "RiskCategory", "RiskSubCategory"],
      "EventId",
    ]);
    assert.deepEqual(ofType("date"), ["DiscoveryDate", "OccurrenceStartDate"]);
    assert.deepEqual(ofType("double"), ["NetLoss", "RecoveryAmount", "EstimatedGrossLoss"]);
  });
});
