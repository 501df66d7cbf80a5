import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { cellText } from "../../../cli/render/cell.ts";
import { displayWidth, fitted, padded } from "../../../cli/render/display-width.ts";
import { renderTable } from "../../../cli/render/table.ts";
import type { AthenaValue, ResultColumn } from "../../../athena/client/values.ts";

const columns: ResultColumn[] = [
  { name: "page", key: "page", type: "varchar" },
  { name: "views", key: "views", type: "bigint" },
];
const rows: AthenaValue[][] = [
  ["/start", 120],
  ["/cart", 30],
  [null, 0],
  ["", -15],
];
const chart = { kind: "bar", x: "page", y: "views" } as const;

describe("the table in the terminal", () => {
  it("has numbers on the right, and NULL and the empty string apart", () => {
    assert.equal(
      renderTable(columns, rows),
      [
        "┌────────┬───────┐",
        "│ page   │ views │",
        "├────────┼───────┤",
        "│ /start │   120 │",
        "│ /cart  │    30 │",
        "│ NULL   │     0 │",
        "│ ''     │   -15 │",
        "└────────┴───────┘",
        "",
      ].join("\n"),
    );
  });

  it("draws the chart's number as a bar beside each row, negative ones lighter", () => {
    const lines = renderTable(columns, rows, { width: 40, chart }).split("\n");
    assert.equal(lines[3], "│ /start │   120 │ ███████████████████ │");
    assert.equal(lines[4], "│ /cart  │    30 │ ████▊               │");
    assert.equal(lines[5], "│ NULL   │     0 │                     │");
    assert.equal(lines[6], "│ ''     │   -15 │ ░░                  │");
  });

  it("has no bar where there is no room, no such number, or one row", () => {
    assert.doesNotMatch(renderTable(columns, rows, { width: 24, chart }), /█/);
    assert.doesNotMatch(renderTable(columns, rows, { chart: { ...chart, y: "page" } }), /█/);
    assert.doesNotMatch(renderTable(columns, rows.slice(0, 1), { chart }), /█/);
  });

  it("cuts text to the terminal's width, and never a number", () => {
    const long = renderTable(columns, [["/a/very/long/path/of/a/page", 1234567]], { width: 30 });
    assert.match(long, /│ \/a\/very\/long\/pa… │ 1234567 │/);
  });

  it("writes columns below each other where they don't fit side by side", () => {
    const many = ["alpha", "beta", "gamma"].map((name) => ({ name, key: name, type: "integer" }));
    assert.equal(
      renderTable(many, [[1, 2, null]], { width: 15 }),
      "── row 1 \nalpha  1\nbeta   2\ngamma  NULL\n",
    );
  });

  it("says no more in colour than without", () => {
    const options = { width: 60, chart };
    assert.equal(
      stripVTControlCharacters(renderTable(columns, rows, { ...options, color: true })),
      renderTable(columns, rows, options),
    );
  });

  it("shows a stranger's control characters as escapes", () => {
    assert.equal(cellText("a\u001b[31m\n\t\u202eb"), "a\\u001b[31m\\n\\t\\u202eb");
  });

  it("shows a string that reads like NULL or like the empty string in quotes", () => {
    assert.deepEqual(["NULL", "''", ""].map(cellText), ["'NULL'", "''''", "''"]);
  });

  it("has lines of one width, within the terminal's, whatever the texts", () => {
    const texts = fc.array(fc.tuple(fc.oneof(fc.string({ unit: "grapheme" }), fc.constant(null)), fc.nat()), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 24, max: 90 }), (some, width) => {
        const lines = renderTable(columns, some, { width, chart }).trimEnd().split("\n");
        if (lines[0]?.startsWith("──")) return;
        const widths = new Set(lines.map(displayWidth));
        assert.equal(widths.size, 1);
        assert.ok([...widths].every((each) => each <= width));
      }),
    );
  });
});

describe("the width of a text", () => {
  it("counts what a terminal shows: two for wide characters and emoji, none for accents", () => {
    assert.equal(displayWidth("日本語"), 6);
    assert.equal(displayWidth("e\u0301"), 1);
    assert.equal(displayWidth("👩‍💻!"), 3);
  });

  it("is kept when a text is cut or filled", () => {
    assert.equal(fitted("日本語", 4), "日…");
    assert.equal(padded("日本", 6, "right"), "  日本");
  });
});
