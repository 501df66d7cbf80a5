import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Answer } from "../../../cli/render/answer.ts";
import { csv } from "../../../cli/render/csv.ts";
import { json, ndjson } from "../../../cli/render/json.ts";
import { markdown } from "../../../cli/render/markdown.ts";
import { writeParquet } from "../../../cli/render/parquet.ts";
import { terminalTable } from "../../../cli/render/terminal-table.ts";
import { answerOf } from "../../../cli/query/rows.ts";
import type { AthenaValue } from "../../../athena/client/values.ts";
import { collected } from "../../queries/collected.ts";

const columns = { word: "varchar", n: "bigint", share: "double" };
const rows: AthenaValue[][] = [
  ['say "a, b"', 9007199254740993n, 0.5],
  ["", null, NaN],
  [null, -1, 1e300],
  ["two\nlines | <b>_x_", 0, null],
];

async function text(render: (answer: Answer) => AsyncIterable<string>, some = rows): Promise<string> {
  return (await collected(render(answerOf(columns, some)))).join("");
}

describe("an answer as CSV", () => {
  it("has NULL as nothing and the empty string as two quotes", async () => {
    assert.equal(
      await text(csv),
      'word,n,share\n"say ""a, b""",9007199254740993,0.5\n"",,NaN\n,-1,1e+300\n"two\nlines | <b>_x_",0,\n',
    );
  });

  it("has its header also without rows", async () => {
    assert.equal(await text(csv, []), "word,n,share\n");
  });
});

describe("an answer as JSON", () => {
  const lines = [
    '{"word":"say \\"a, b\\"","n":9007199254740993,"share":0.5}',
    '{"word":"","n":null,"share":"NaN"}',
    '{"word":null,"n":-1,"share":1e+300}',
    '{"word":"two\\nlines | <b>_x_","n":0,"share":null}',
  ];

  it("is one array, with every digit of a long integer", async () => {
    assert.equal(await text(json), `[\n${lines.join(",\n")}\n]\n`);
    assert.equal(await text(json, []), "[]\n");
  });

  it("is one object a line as NDJSON", async () => {
    assert.equal(await text(ndjson), `${lines.join("\n")}\n`);
  });
});

describe("an answer as Markdown", () => {
  it("is one line a row, with nothing in a value that makes Markdown or looks like NULL", async () => {
    assert.equal(
      await text(markdown),
      [
        "| word | n | share |",
        "| --- | ---: | ---: |",
        '| say "a, b" | 9007199254740993 | 0.5 |',
        "| `''` | _NULL_ | NaN |",
        "| _NULL_ | -1 | 1e+300 |",
        "| two<br>lines \\| \\<b\\>\\_x\\_ | 0 | _NULL_ |",
        "",
      ].join("\n"),
    );
  });
});

describe("an answer as a table", () => {
  it("is written as its rows come: the first thousand say how wide it gets", async () => {
    const many = Array.from({ length: 1500 }, (_, index): AthenaValue[] => [`w${index}`, index, 0]);
    const parts = await collected(terminalTable(answerOf(columns, many), {}));
    assert.equal(parts.length, 1 + 500 + 1);
    assert.equal(parts.join("").split("\n").length, 1500 + 4 + 1);
  });
});

describe("an answer as Parquet", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "parquet-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("has the columns' types, NULL and the empty string", async () => {
    const file = join(folder, "it's.parquet");
    const typed = { w: "varchar", n: "bigint", d: "date", t: "timestamp", b: "boolean", a: "array" };
    const count = await writeParquet(
      answerOf(typed, [
        ["", 9007199254740993n, "2026-11-20", "2026-11-20 10:00:00.123", true, "[1, 2]"],
        [null, null, null, null, null, null],
      ]),
      file,
    );
    assert.equal(count, 2);
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    const read = await connection.runAndReadAll("SELECT * FROM read_parquet($1)", [file]);
    assert.deepEqual(read.columnTypes().map(String), [
      "VARCHAR",
      "BIGINT",
      "DATE",
      "TIMESTAMP",
      "BOOLEAN",
      "VARCHAR",
    ]);
    assert.deepEqual(
      read.getRows().map((row) => row.map((value) => (value === null ? null : String(value)))),
      [
        ["", "9007199254740993", "2026-11-20", "2026-11-20 10:00:00.123", "true", "[1, 2]"],
        [null, null, null, null, null, null],
      ],
    );
    connection.closeSync();
    instance.closeSync();
  });
});
