import assert from "node:assert/strict";
import fc from "fast-check";
import { lex } from "../../../athena/sql/lexer.ts";
import { quoteName, quoteString } from "../../../athena/sql/quote.ts";
import { placeholderCount, withoutComments } from "../../../athena/sql/sql-text.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("now()", "NULL", "it's", 'a"b', "1+1", "' OR 1=1 --", "", "''", "--", "/*"),
);

describe("SQL text", () => {
  it("counts a ? in code only", () => {
    const sql = `SELECT '?', 'it''s ?', "a?" -- ?\nFROM t /* ? */ WHERE dt BETWEEN ? AND ? LIMIT ?`;
    assert.equal(placeholderCount(sql), 3);
  });

  it("takes dashes and comment marks in a string or a quoted name for text", () => {
    assert.equal(
      withoutComments(`SELECT '--', '/*', "a--b"\n FROM t -- end`),
      `SELECT '--', '/*', "a--b" FROM t`,
    );
  });

  it("keeps words apart that a comment parts, and writes nothing for a comment alone", () => {
    assert.equal(withoutComments("SELECT/* all */1"), "SELECT 1");
    assert.equal(withoutComments("-- name: a\n/* ? */\n"), "");
  });

  it("takes a string or a name that never ends as one unknown piece, to the end", () => {
    for (const text of ["'a? -- b", '"a?', "`a?"]) {
      assert.deepEqual(
        lex(`SELECT ${text}`).map(({ kind, start, end }) => [kind, start, end]),
        [
          ["word", 0, 6],
          ["unknown", 7, 7 + text.length],
        ],
      );
    }
  });

  it("loses nothing: between the lexemes are white space and comments alone", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("'", '"', "-", "/", "*", "?", "\n", "a", " ")), (characters) => {
        const sql = characters.join("");
        let rest = "";
        let end = 0;
        for (const lexeme of lex(sql)) {
          assert.equal(sql.slice(lexeme.start, lexeme.end), lexeme.text);
          rest += `${sql.slice(end, lexeme.start)}\n`;
          end = lexeme.end;
        }
        assert.deepEqual(lex(rest + sql.slice(end)), []);
      }),
    );
  });
});

describe("a quoted", () => {
  it("string is one string literal of that value, whatever it says", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.deepEqual(
          lex(quoteString(text)).map(({ kind, value }) => [kind, value]),
          [["string", text]],
        );
      }),
    );
  });

  it("name is one delimited identifier of that name, whatever it says", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.deepEqual(
          lex(quoteName(text)).map(({ kind, value }) => [kind, value]),
          [["quoted", text]],
        );
      }),
    );
  });
});
