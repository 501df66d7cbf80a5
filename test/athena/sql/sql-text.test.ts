import assert from "node:assert/strict";
import fc from "fast-check";
import { placeholderCount, sqlPartsOf, withoutComments } from "../../../athena/sql/sql-text.ts";

describe("SQL text", () => {
  it("counts a ? in code only", () => {
    const sql = `SELECT '?', 'it''s ?', "a?" -- ?\nFROM t /* ? */ WHERE dt BETWEEN ? AND ? LIMIT ?`;
    assert.equal(placeholderCount(sql), 3);
  });

  it("takes dashes and comment marks in a string for text", () => {
    assert.equal(withoutComments("SELECT '--', '/*' FROM t -- end"), "SELECT '--', '/*' FROM t");
  });

  it("reads a string that never ends to the end", () => {
    assert.deepEqual(sqlPartsOf("SELECT 'a?"), [
      { kind: "code", text: "SELECT " },
      { kind: "string", text: "'a?" },
    ]);
  });

  it("loses nothing: the parts joined are the text", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("'", '"', "-", "/", "*", "?", "\n", "a", " ")), (characters) => {
        const sql = characters.join("");
        assert.equal(
          sqlPartsOf(sql)
            .map(({ text }) => text)
            .join(""),
          sql,
        );
      }),
    );
  });
});
