import assert from "node:assert/strict";
import * as fc from "fast-check";
import { accessLog } from "../../datasets/access-log.ts";
import { clickstream } from "../../datasets/clickstream.ts";
import { riskEvent } from "../../datasets/risk-event.ts";
import { defineDataset, type ColumnDefinition, type Dataset } from "../../schema/dataset.ts";
import { glueColumnsOf } from "../../schema/glue-columns.ts";
import { datasetOfTable, tableParametersOf, type TableDescription } from "../../schema/table-parameters.ts";

const tableOf = (dataset: Dataset): TableDescription => ({
  name: dataset.tableName,
  columns: glueColumnsOf(dataset),
  // What the layout and Hive add stands beside them.
  parameters: { EXTERNAL: "TRUE", "projection.enabled": "true", ...tableParametersOf(dataset) },
});

const orders = defineDataset({
  name: "orders",
  description: "One order of the shop.",
  columns: {
    OrderId: { type: "string", description: "Identifies the order.", required: true },
    placed: { type: "timestamp", description: "When it was placed." },
    visit: { type: "string", description: "The visit in which it was placed." },
    status: { type: "string", description: "Where it stands.", values: ["open", "paid"], examples: ["paid"] },
    total: { type: "decimal(10,2)", description: "In euro.", minimum: 0, maximum: 99_999.99 },
    items: { type: "array<struct<product:string,quantity:int>>", description: "What was ordered." },
  },
  eventTime: "placed",
  eventId: "OrderId",
  sessionId: "visit",
  timeZone: "Europe/Berlin",
  partitioning: "hour",
  since: "2026-11-01",
});

/** Any dataset: columns of any type, with whatever their types allow to be said of them. */
const anyDataset = fc
  .record({
    names: fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/), {
      minLength: 1,
      maxLength: 8,
      selector: (name) => name.toLowerCase(),
    }),
    columns: fc.array(
      fc.oneof(
        fc.record(
          {
            type: fc.constant("string" as const),
            description: fc.string({ minLength: 1, maxLength: 40 }),
            required: fc.constant(true),
            values: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }),
          },
          { requiredKeys: ["type", "description"] },
        ),
        fc.record(
          {
            type: fc.constantFrom("int" as const, "double" as const),
            description: fc.string({ minLength: 1, maxLength: 40 }),
            minimum: fc.integer({ min: -1000, max: 0 }),
            maximum: fc.integer({ min: 0, max: 1000 }),
          },
          { requiredKeys: ["type", "description"] },
        ),
      ),
      { minLength: 8, maxLength: 8 },
    ),
    partitioning: fc.constantFrom("hour" as const, "day" as const, "month" as const),
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Pacific/Chatham"),
  })
  .map(({ names, columns, ...rest }) => {
    const own = Object.fromEntries(
      names.map((name, index) => [`c_${name}`, { ...columns[index] } as ColumnDefinition]),
    );
    return defineDataset<Record<string, ColumnDefinition>>({
      name: "any",
      description: "Anything.",
      columns: {
        ...own,
        At: { type: "timestamp", description: "When." },
        Id: { type: "string", description: "Which." },
      },
      eventTime: "At",
      eventId: "Id",
      since: "2026-01-01",
      ...rest,
    });
  });

describe("the parameters of a table", () => {
  for (const dataset of [orders, accessLog, clickstream, riskEvent] as Dataset[]) {
    it(`carry ${dataset.name}, whole`, () => {
      assert.deepEqual(datasetOfTable(tableOf(dataset)), dataset);
    });
  }

  it("carry any dataset, whole", () => {
    fc.assert(
      fc.property(anyDataset, (dataset) => assert.deepEqual(datasetOfTable(tableOf(dataset)), dataset)),
      { numRuns: 200 },
    );
  });

  it("are texts that any language reads: plain words, and JSON for a column that says more than its type", () => {
    assert.deepEqual(tableParametersOf(orders), {
      comment: "One order of the shop.",
      "sluice.version": "1",
      "sluice.dataset": "orders",
      "sluice.event-time": "placed",
      "sluice.event-id": "orderid",
      "sluice.session-id": "visit",
      "sluice.time-zone": "Europe/Berlin",
      "sluice.partitioning": "hour",
      "sluice.since": "2026-11-01",
      "sluice.column.orderid": '{"key":"OrderId","required":true}',
      "sluice.column.status": '{"values":["open","paid"],"examples":["paid"]}',
      "sluice.column.total": '{"minimum":0,"maximum":99999.99}',
    });
  });

  it("are refused where a column's values are more than Glue keeps", () => {
    const values = Array.from({ length: 1000 }, (_, n) => `${n}${"x".repeat(600)}`);
    const columns = {
      ...orders.definition,
      visit: { type: "string", description: "Visit.", values },
    } as const;
    const large = defineDataset({
      ...orders,
      columns,
      eventTime: "placed",
      eventId: "OrderId",
      sessionId: "visit",
    });
    assert.throws(() => tableParametersOf(large), /"visit": its values .* Glue keeps 512000 at most/);
  });
});

describe("a table whose parameters give no dataset", () => {
  const table = tableOf(orders);
  const edited = (parameters: Record<string, string | undefined>): TableDescription => ({
    ...table,
    parameters: Object.fromEntries(
      Object.entries({ ...table.parameters, ...parameters }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    ),
  });
  const wrong: [name: string, table: TableDescription, message: RegExp][] = [
    [
      "carries none",
      edited({ "sluice.dataset": undefined }),
      /"orders": it has no parameter sluice\.dataset\./,
    ],
    [
      "is of another version",
      edited({ "sluice.version": "2" }),
      /sluice\.version is "2", this sluice reads "1"\. Use the sluice that deployed it/,
    ],
    ["is of no version", edited({ "sluice.version": undefined }), /sluice\.version is ""/],
    ["has no event time", edited({ "sluice.event-time": undefined }), /no parameter sluice\.event-time/],
    ["has an empty time zone", edited({ "sluice.time-zone": "" }), /no parameter sluice\.time-zone/],
    [
      "names an event time that is no column",
      edited({ "sluice.event-time": "then" }),
      /eventTime "then": name a/,
    ],
    ["names a zone that is none", edited({ "sluice.time-zone": "Europe/Bonn" }), /timeZone "Europe\/Bonn"/],
    ["has an unknown partitioning", edited({ "sluice.partitioning": "week" }), /partitioning "week"/],
    [
      "has a column that is no JSON",
      edited({ "sluice.column.total": "{" }),
      /sluice\.column\.total is \{: that is no/,
    ],
    [
      "says of a column what nobody knows",
      edited({ "sluice.column.total": '{"minimal":1}' }),
      /sluice\.column\.total is \{"minimal":1\}: that is no description/,
    ],
    [
      "describes a column that is not there",
      edited({ "sluice.column.sum": "{}" }),
      /sluice\.column\.sum names no column/,
    ],
    ["has a key of another column", edited({ "sluice.column.total": '{"key":"Sum"}' }), /has the key "Sum"/],
    [
      "has values of another type",
      edited({ "sluice.column.status": '{"values":[1]}' }),
      /column "status": values: 1 is no string/,
    ],
  ];
  for (const [name, given, message] of wrong) {
    it(name, () => {
      assert.throws(
        () => datasetOfTable(given),
        (error: Error) => {
          assert.equal(error.name, "TableParametersError");
          assert.match(error.message, message);
          assert.match(error.message, /`pulumi up` writes them anew\.$/);
          return true;
        },
      );
    });
  }
});
