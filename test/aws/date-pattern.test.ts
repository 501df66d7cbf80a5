import assert from "node:assert/strict";
import { firehosePrefixLetters, parseDatePattern, projectionLetters } from "../../aws/date-pattern.ts";

const clock = { year: 2026, month: 7, day: 4, hour: 23, minute: 5, second: 9, millisecond: 42 };

describe("Java's date patterns", () => {
  for (const [reader, letters] of Object.entries({ firehosePrefixLetters, projectionLetters })) {
    for (const [pattern, expected] of [
      ["yyyy-MM-dd/HH", "2026-07-04/23"],
      ["'y='yyyy''M", "y=2026'7"],
      // What java.time writes: two quotes within quotes are one.
      ["''''", "'"],
      ["'a''b'", "a'b"],
    ] as const) {
      it(`${pattern} is ${expected} with ${reader}`, () =>
        assert.equal(parseDatePattern(pattern, letters).format(clock), expected));
    }
    it(`a quote that is never closed is refused with ${reader}`, () =>
      assert.throws(() => parseDatePattern("yyyy'T", letters), /never closed/));
  }

  for (const [pattern, message] of [
    ["yy", /"yy" in the date pattern "yy" has too few letters/],
    ["yyyyy", /"yyyyy" .* has too many letters/],
    ["hh", /the letter "h" .* is not supported/],
    ["MMM", /"MMM" .* has too many letters/],
    ["YYYY", /year of the week/],
  ] as const) {
    it(`${pattern} is refused in a projection, which reads back what was written`, () =>
      assert.throws(() => parseDatePattern(pattern, projectionLetters), message));
  }

  it("braces stand for themselves in a projection, and must be quoted in a prefix", () => {
    assert.equal(parseDatePattern("{yyyy}#", projectionLetters).format(clock), "{2026}#");
    assert.throws(() => parseDatePattern("{yyyy}", firehosePrefixLetters), /meaning of its own/);
    assert.equal(parseDatePattern("'{'yyyy'}'", firehosePrefixLetters).format(clock), "{2026}");
  });
});
