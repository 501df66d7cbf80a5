import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { accessLog } from "../../datasets/access-log.ts";
import { defineDataset } from "../../schema/dataset.ts";
import { dictionaryOf, dictionaryPages } from "../../schema/dictionary.ts";
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

  it("a page that tells the session id, and values, examples and ranges, as Markdown shows them", () => {
    const page = dictionaryOf(
      defineDataset({
        name: "visits",
        description: "A visit.",
        columns: {
          id: { type: "string", description: "Which." },
          at: { type: "date", description: "When." },
          session: { type: "string", description: "Of which visit | or none.\nReally." },
          size: { type: "string", description: "How large.", values: ["S", "a|b", "`", " "] },
          code: { type: "int", description: "Such as 7.", examples: [7, 8], minimum: 1 },
          share: { type: "double", description: "How much.", minimum: 0, maximum: 1 },
          age: { type: "int", description: "How old.", maximum: 120 },
          number: { type: "int", description: "Which.", values: Array.from({ length: 25 }, (_, n) => n) },
        },
        eventTime: "at",
        eventId: "id",
        sessionId: "session",
        since: "2026-11-01",
      }),
    );
    const meaningOf = (name: string) =>
      new RegExp(`^\\| \`${name}\` (?:.*?)(?<!\\\\)\\| (?:yes)? ?\\| (.*) \\|$`, "m").exec(page)?.[1];
    assert.match(page, /event id is `id`, session id is `session`\. Partitions/);
    assert.equal(meaningOf("session"), "Of which visit \\| or none. Really.");
    assert.equal(meaningOf("size"), 'How large. One of `S`, `a\\|b`, `` ` ``, " ".');
    assert.equal(meaningOf("code"), "Such as 7. 1 or more. Such as `8`.");
    assert.equal(meaningOf("share"), "How much. From 0 to 1.");
    assert.equal(meaningOf("age"), "How old. 120 or less.");
    assert.match(meaningOf("number")!, /`18`, `19` and 5 more\.$/);
  });

  it("one page for each dataset, however many pipelines have it", () => {
    const pages = dictionaryPages([orders, orders, { ...orders, name: "returns" }]);
    assert.deepEqual([...pages.keys()], ["orders.md", "returns.md"]);
    assert.equal(pages.get("orders.md"), dictionaryOf(orders));
  });

  it("pages that name every column of what flows here", () => {
    for (const dataset of [accessLog, riskEvent]) {
      const file = new URL(`../../docs/data-dictionary/${dataset.name}.md`, import.meta.url);
      const named = [...readFileSync(file, "utf8").matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]);
      assert.deepEqual(named, [...dataset.columns.map((column) => column.columnName), "dt"]);
    }
  });
});
