import assert from "node:assert/strict";
import fc from "fast-check";
import { timestampFormat } from "../../../local/delivery/timestamp-format.ts";
import { dataPrefix, errorPrefix } from "../../../local/delivery/prefix.ts";

const instant = new Date("2026-07-04T23:05:09.042Z");
const at = (pattern: string, timeZone = "UTC") => timestampFormat(pattern)(instant, timeZone);
const context = { instant, timeZone: "Europe/Berlin", errorOutputType: "format-conversion-failed" };

describe("a date pattern", () => {
  const zones = [
    "UTC",
    "Europe/Berlin",
    "Asia/Kolkata",
    "America/St_Johns",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
  ];
  const anyInstant = fc.date({
    min: new Date("1970-01-01"),
    max: new Date("2100-01-01"),
    noInvalidDate: true,
  });

  it("shows what the clocks of the zone show, at any instant", () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), (any, timeZone) => {
        // sv-SE writes ISO 8601: an oracle of its own.
        const expected = new Intl.DateTimeFormat("sv-SE", {
          timeZone,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(any);
        assert.equal(timestampFormat("yyyy-MM-dd HH:mm:ss")(any, timeZone), expected);
      }),
    );
  });

  it("names months and weekdays as the zone's calendar does, at any instant", () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), (any, timeZone) => {
        const long = new Intl.DateTimeFormat("en-US", { timeZone, weekday: "long", month: "long" });
        const parts = Object.fromEntries(long.formatToParts(any).map(({ type, value }) => [type, value]));
        assert.equal(timestampFormat("EEEE MMMM")(any, timeZone), `${parts["weekday"]} ${parts["month"]}`);
      }),
    );
  });

  for (const [pattern, expected] of [
    ["yyyy/MM/dd/HH/", "2026/07/04/23/"],
    ["y-yy-yyyy-uuuu", "2026-26-2026-2026"],
    ["M d H m s", "7 4 23 5 9"],
    ["MMM MMMM", "Jul July"],
    ["E EEEE", "Sat Saturday"],
    ["D DDD", "185 185"],
    ["hh KK kk a", "11 11 23 PM"],
    ["SSS SSSSSS S", "042 042000 0"],
    ["'year='yyyy'/o''clock='HH", "year=2026/o'clock=23"],
    ["''yyyy", "'2026"],
    ["", ""],
  ] as const) {
    it(`${pattern} is ${expected}`, () => assert.equal(at(pattern), expected));
  }

  it("counts hours of midnight and noon as Java does", () => {
    const midnight = new Date("2026-01-01T00:00:00Z");
    const noon = new Date("2026-01-01T12:00:00Z");
    const format = timestampFormat("H k K h a");
    assert.equal(format(midnight, "UTC"), "0 24 0 12 AM");
    assert.equal(format(noon, "UTC"), "12 12 0 12 PM");
  });

  for (const [pattern, message] of [
    ["YYYY-MM-dd", /"Y" in the date pattern "YYYY-MM-dd" is the year of the week/],
    ["yyyy-MM-dd'T'HH:mmXXX", /the letter "X" .* is not supported/],
    ["ddd", /"ddd" .* too many letters/],
    ["yyyyy", /"yyyyy" .* too many letters/],
    ["EEEEE", /"EEEEE" .* too many letters/],
    ["aa", /"aa" .* too many letters/],
    ["S".repeat(10), /too many letters/],
    ["yyyy[-MM]", /"\[" has a meaning of its own/],
    ["'dt=yyyy", /never closed/],
  ] as const) {
    it(`${pattern} is refused`, () => assert.throws(() => timestampFormat(pattern), message));
  }
});

describe("a prefix", () => {
  for (const [prefix, expected] of [
    ["data/dt=!{timestamp:yyyy-MM-dd}/", "data/dt=2026-07-05/"],
    ["!{timestamp:yyyy}/!{timestamp:'m'MM}/", "2026/m07/"],
    ["", "2026/07/05/01/"],
    // Without a slash between: so it was probed (aws-semantics 1.8).
    ["legacy", "legacy2026/07/05/01/"],
  ] as const) {
    it(`"${prefix}" is ${expected}`, () => assert.equal(dataPrefix(prefix)(context), expected));
  }

  it("has a new random string of 11 characters at each place and each time", () => {
    const prefix = dataPrefix("!{firehose:random-string}/!{firehose:random-string}/");
    const strings = [prefix(context), prefix(context)].join("").split("/").slice(0, 4);
    for (const string of strings) assert.match(string, /^[a-z0-9]{11}$/);
    assert.equal(new Set(strings).size, 4);
  });

  for (const [prefix, message] of [
    ["!{firehose:error-output-type}/", /can stand in ErrorOutputPrefix only/],
    ["!{partitionKeyFromQuery:customer}/", /^Error: Dynamic Partitioning Namespaces can only be part of/],
    ["!{date:yyyy}/", /!\{date:yyyy\} is no expression/],
    ["!{timestamp}/", /!\{timestamp\} is no expression/],
    ["!{timestamp:yyyy", /has no closing brace/],
    ["!{timestamp:YYYY}/", /year of the week/],
  ] as const) {
    it(`"${prefix}" is refused`, () => assert.throws(() => dataPrefix(prefix), message));
  }

  it("is refused when it becomes longer than 512 characters", () => {
    const prefix = dataPrefix(`${"x".repeat(509)}!{timestamp:yyyy}`);
    assert.throws(() => prefix(context), /has 513 characters; at most 512/);
  });
});

describe("an error prefix", () => {
  for (const [errorOutputPrefix, prefix, expected] of [
    [
      "errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/",
      "x",
      "errors/format-conversion-failed/dt=2026-07-05/",
    ],
    ["", "data/", "data/format-conversion-failed/2026/07/05/01/"],
    ["", "", "format-conversion-failed/2026/07/05/01/"],
    ["errors/", "data/!{timestamp:yyyy}/", "errors/format-conversion-failed/2026/07/05/01/"],
  ] as const) {
    it(`"${errorOutputPrefix}" beside "${prefix}" is ${expected}`, () =>
      assert.equal(errorPrefix(errorOutputPrefix, prefix)(context), expected));
  }

  it("is needed when the prefix has expressions, in AWS's words", () => {
    assert.throws(
      () => errorPrefix("", "data/!{timestamp:yyyy}/"),
      new Error(
        "Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
      ),
    );
  });

  it("must say the kind of error when it has expressions", () => {
    assert.throws(
      () => errorPrefix("errors/!{timestamp:yyyy}/", ""),
      /must contain !\{firehose:error-output-type\}/,
    );
  });
});
