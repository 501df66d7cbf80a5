import assert from "node:assert/strict";
import fc from "fast-check";
import { literalPattern, matchesPattern, meansAction, textOf, wildcardPattern } from "../../aws/wildcard.ts";

const matches = (pattern: string, text: string) => matchesPattern(wildcardPattern(pattern), text);

/** The definition, without a thought for speed. */
function reference(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const [first, rest] = [pattern.slice(0, 1), pattern.slice(1)];
  if (first === "*") return reference(rest, text) || (text !== "" && reference(pattern, text.slice(1)));
  return text !== "" && (first === "?" || first === text.slice(0, 1)) && reference(rest, text.slice(1));
}

describe("wildcards", () => {
  for (const [pattern, text, expected] of [
    ["*", "", true],
    ["*", "a/b:c", true],
    ["a*c", "abc", true],
    ["a*c", "ac", true],
    ["a*c", "abcd", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["", "", true],
    ["", "a", false],
    ["a**", "a", true],
    ["*ab", "aab", true],
    ["?", "😀", true],
    ["a.c", "abc", false],
  ] as const) {
    it(`"${pattern}" ${expected ? "covers" : "does not cover"} "${text}"`, () => {
      assert.equal(matches(pattern, text), expected);
    });
  }

  it("agree with their definition", () => {
    const letters = (...units: string[]) => fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });
    fc.assert(
      fc.property(letters("a", "b", "*", "?"), letters("a", "b", "*"), (pattern, text) => {
        assert.equal(matches(pattern, text), reference(pattern, text));
      }),
    );
  });

  it("of a literal pattern cover themselves only", () => {
    assert.equal(matchesPattern(literalPattern("a*"), "a*"), true);
    assert.equal(matchesPattern(literalPattern("a*"), "ab"), false);
    assert.equal(textOf(literalPattern("a*")), "a*");
  });

  it("stay quick where a regular expression would not", () => {
    assert.equal(matches(`${"*a".repeat(200)}b`, "a".repeat(2000)), false);
  });

  it("of actions know no case", () => {
    assert.equal(meansAction("S3:put*", "s3:PutObject"), true);
    assert.equal(meansAction("s3:Put?bject", "s3:PutObject"), true);
    assert.equal(meansAction("s3:Put.bject", "s3:PutObject"), false);
    assert.equal(meansAction("s3:Get*", "s3:PutObject"), false);
  });
});
