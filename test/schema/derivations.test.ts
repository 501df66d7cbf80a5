import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { accessLog } from "../../datasets/access-log.ts";
import { defineDataset } from "../../schema/dataset.ts";
import { dictionaryOf } from "../../schema/dictionary.ts";
import { duckdbTypeOf } from "../../schema/duckdb-types.ts";
import { glueColumnsOf } from "../../schema/glue-columns.ts";
import { riskEvent } from "../../datasets/risk-event.ts";

const orders = defineDataset({
  name: "orders",
  description: "An order.",
  columns: {
    OrderId: { type: "string", description: "Identifies the order.", required: true },
    placed: { type: "timestamp", description: "When it was placed." },
    items: { type: "array<struct<sku:string,price:decimal(10,2)>>", description: "What was ordered." },
  },
  eventTime: "placed",
  eventId: "OrderId",
  timeZone: "Asia/Tokyo",
  partitioning: "hour",
  since: "2026-11-01",
});

describe("from a dataset follow", () => {
  it("Glue columns in the same order, with types and descriptions, names lower-cased", () => {
    assert.deepEqual(glueColumnsOf(orders), [
      { name: "orderid", type: "string", comment: "Identifies the order." },
      { name: "placed", type: "timestamp", comment: "When it was placed." },
      {
        name: "items",
        type: "array<struct<sku:string,price:decimal(10,2)>>",
        comment: "What was ordered.",
      },
    ]);
  });

  for (const [hive, duckdb] of [
    ["string", "VARCHAR"],
    ["boolean", "BOOLEAN"],
    ["tinyint", "TINYINT"],
    ["smallint", "SMALLINT"],
    ["int", "INTEGER"],
    ["bigint", "BIGINT"],
    ["float", "FLOAT"],
    ["double", "DOUBLE"],
    ["date", "DATE"],
    ["timestamp", "TIMESTAMP"],
    ["decimal(10,2)", "DECIMAL(10,2)"],
    ["array<int>", "INTEGER[]"],
    ["array<array<int>>", "INTEGER[][]"],
    ["map<string,bigint>", "MAP(VARCHAR, BIGINT)"],
    ["struct<at:timestamp,tags:array<string>>", 'STRUCT("at" TIMESTAMP, "tags" VARCHAR[])'],
  ] as const) {
    it(`the DuckDB type ${duckdb} for ${hive}`, () => assert.equal(duckdbTypeOf(hive), duckdb));
  }

  it("a page of the data dictionary with every column, its JSON key and the partitions", () => {
    assert.equal(
      dictionaryOf(orders),
      `# orders

An order.

Table \`orders\`. Event time is \`placed\`, event id is \`orderid\`. Partitions are by hour of arrival in Asia/Tokyo, since 2026-11-01.

| column | JSON key | type | required | meaning |
| --- | --- | --- | --- | --- |
| \`orderid\` | \`OrderId\` | string | yes | Identifies the order. |
| \`placed\` | \`placed\` | timestamp |  | When it was placed. |
| \`items\` | \`items\` | array<struct<sku:string,price:decimal(10,2)>> |  | What was ordered. |
| \`dt\` | | string | | The hour of arrival, yyyy-MM-dd-HH in Asia/Tokyo. Name it in every WHERE clause. |

Generated from the declaration by \`sluice dataset document\`.
`,
    );
  });

  it("pages that name every column of what flows here", () => {
    for (const dataset of [accessLog, riskEvent]) {
      const file = new URL(`../../docs/data-dictionary/${dataset.name}.md`, import.meta.url);
      const named = [...readFileSync(file, "utf8").matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]);
      assert.deepEqual(named, [...dataset.columns.map((column) => column.columnName), "dt"]);
    }
  });
});
