import assert from "node:assert/strict";
import fc from "fast-check";
import { dateLiteral, doubleLiteral, intLiteral, timestampLiteral } from "../../../athena/sql/literal.ts";

describe("a literal", () => {
  it("of an int is the number, for all of 64 bits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (number) => {
        assert.equal(intLiteral(String(number)), String(number));
      }),
    );
    assert.equal(intLiteral("+007"), "7");
  });

  it("of a double has an exponent and is the same number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const literal = doubleLiteral(String(number));
        assert.match(literal, /^-?\d(\.\d+)?E-?\d+$/);
        assert.equal(Number(literal) + 0, number + 0);
      }),
    );
  });

  it("of a date and a timestamp has its type", () => {
    assert.equal(dateLiteral("2024-02-29"), "DATE '2024-02-29'");
    assert.equal(timestampLiteral("2026-11-20 10:30"), "TIMESTAMP '2026-11-20 10:30:00.000'");
    assert.equal(timestampLiteral("2026-11-20 10:30:15.5"), "TIMESTAMP '2026-11-20 10:30:15.500'");
    assert.equal(timestampLiteral("2026-11-20T10:30:00+01:00"), "TIMESTAMP '2026-11-20 09:30:00.000'");
  });

  const refused: [string, (text: string) => string, string[]][] = [
    ["int", intLiteral, ["", "1.5", "1e3", "now()", "9223372036854775808", "1+1", "0x10"]],
    ["double", doubleLiteral, ["", ".", "NaN", "Infinity", "1e999", "1,5", "0x10", "NULL"]],
    ["date", dateLiteral, ["2026-02-30", "2026-2-3", "20.11.2026", "2026-11-20 OR 1=1", "+02026-11-20"]],
    [
      "timestamp",
      timestampLiteral,
      ["2026-11-20", "2026-11-20 24:00", "2026-02-30 10:00", "2026-11-20 10:61", "now()"],
    ],
  ];
  for (const [type, literalOf, texts] of refused) {
    it(`of type ${type} is refused for what is none`, () => {
      for (const text of texts) assert.throws(() => literalOf(text), /write|64 bits/, text);
    });
  }
});
