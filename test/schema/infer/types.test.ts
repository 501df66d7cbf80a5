import assert from "node:assert/strict";
import { inferDataset } from "../../../schema/infer/index.ts";
import { WrittenNumber } from "../../../schema/infer/written-number.ts";
import { typeOfValues } from "./inferred.ts";

/** Values of a key, the type they show, and what is said of it, each as a pattern. */
const table: [what: string, key: string, values: string[], type: string | undefined, ...doubts: RegExp[]][] =
  [
    ["true and false are boolean", "a", ["true", "false"], "boolean"],
    ["whole numbers are int", "a", ["1", "-2147483648", "2147483647"], "int"],
    ["larger ones are bigint", "a", ["1", "2147483648"], "bigint"],
    ["smaller ones are bigint", "a", ["1", "-2147483649"], "bigint"],
    [
      "beyond 53 bits they are bigint, and told",
      "a",
      ["1", "9223372036854775807"],
      "bigint",
      /1 of 2 values is beyond the 53 bits/,
    ],
    [
      "beyond 64 bits they are double, and told",
      "a",
      ["1", "9223372036854775808"],
      "double",
      /1 of 2 values is beyond the 64 bits/,
    ],
    ["fractions are double", "a", ["1", "1.5"], "double"],
    ["a whole number written with a fraction is double", "a", ["1.0", "2.0"], "double"],
    ["a whole number written with an exponent is double", "a", ["1e3"], "double"],
    ["text is string", "a", ['"x"', '"7a"'], "string"],
    [
      "numbers in text are string, and told",
      "a",
      ['"1"', '"2.5"'],
      "string",
      /2 of 2 values are numbers written as text/,
    ],
    ["days are date", "a", ['"2026-11-20"', '"2026-1-2"'], "date"],
    ["a day that does not exist is text", "a", ['"2026-02-30"'], "string"],
    [
      "a T form is timestamp, with Z and without",
      "a",
      ['"2026-11-20T10:00:00Z"', '"2026-11-20T10:00:00.123456789"'],
      "timestamp",
    ],
    ["a space form is timestamp, leniently", "a", ['"2026-1-2 3:4:5.6"'], "timestamp"],
    ["an hour that does not exist is text", "a", ['"2026-11-20T25:00:00Z"'], "string"],
    [
      "a time with an offset is string, and told",
      "a",
      ['"2026-11-20T10:00:00Z"', '"2026-11-20T10:00:00+02:00"'],
      "string",
      /1 of 2 values is a time with an offset such as "2026-11-20T10:00:00\+02:00"/,
    ],
    [
      "times with a text among them are string, and told",
      "a",
      ['"2026-11-20T10:00:00Z"', '"2026-11-21T10:00:00Z"', '"soon"'],
      "string",
      /1 of 3 values is no time, such as "soon", so it is a string and no timestamp/,
    ],
    [
      "days with an empty text among them are told",
      "a",
      ['"2026-11-20"', '"2026-11-21"', '""'],
      "string",
      /1 of 3 values is empty.*no date/,
    ],
    [
      "days among times are told",
      "a",
      ['"2026-11-20T10:00:00Z"', '"2026-11-21"'],
      "string",
      /1 of 2 values is a day without a time/,
    ],
    [
      "seconds since 1970 are timestamp by their name",
      "created_at",
      ["1763632800", "1763632800.5"],
      "timestamp",
    ],
    ["milliseconds too", "sentAt", ["1763632800123"], "timestamp"],
    ["seconds in text too", "ts", ['"1763632800"'], "timestamp"],
    ["without such a name they are numbers", "amount", ["1763632800"], "int"],
    ["out of range they are numbers", "created_at", ["5"], "int"],
    ["microseconds are numbers, and told", "ts", ["1763632800123456"], "bigint", /look like microseconds/],
    [
      "nanoseconds are numbers, and told",
      "ts",
      ["1763632800123456789"],
      "bigint",
      /look like nanoseconds/,
      /53 bits/,
    ],
    [
      "number and text is string, and told",
      "a",
      ["1", "2", '"x"'],
      "string",
      /1 of 3 values is text, the others numbers, so it is a string/,
    ],
    [
      "object and number is string, and told",
      "a",
      ["1", '{"b":1}', '{"b":2}'],
      "string",
      /1 of 3 values is a number, the others objects/,
    ],
    [
      "array and text is string, and told",
      "a",
      ["[1]", '"x"', '"y"'],
      "string",
      /1 of 3 values is an array, the others text/,
    ],
    ["null alone is string, and told", "a", ["null", "null"], "string", /null wherever it is, 2 times/],
    ["an array of numbers", "a", ["[1,2]", "[]", "[2.5]"], "array<double>"],
    ["an empty array is an array of strings, and told", "a", ["[]"], "array<string>", /all arrays are empty/],
    [
      "an array of numbers and text is one of strings, and told",
      "a",
      ['[1,"x"]'],
      "array<string>",
      /`a\[\]`: 1 of 2 values is text, the others numbers/,
    ],
    [
      "nested objects are merged over all events and elements",
      "a",
      ['{"B":{"c":1}}', '{"b":{"d":[{"e":1},{"f":true}]}}'],
      "struct<b:struct<c:int,d:array<struct<e:int,f:boolean>>>>",
    ],
    [
      "keys of fields that differ in case in one object are told",
      "a",
      ['{"b":1,"B":2}'],
      "struct<b:int>",
      /keys differ in case alone in 1 of 1 objects/,
    ],
    ["an empty object is a map, and told", "a", ["{}"], "map<string,string>", /all objects are empty/],
    [
      "keys that are no names are those of a map, and told",
      "a",
      ['{"2026":1,"x":2}'],
      "map<string,int>",
      /no names of fields, such as "2026"/,
    ],
    [
      "keys that are no names beside values of several types are left out, and told",
      "a",
      ['{"x-y":1,"b":"c"}'],
      "struct<b:string>",
      /the keys "x-y" are no names of fields and are left out/,
    ],
    [
      "no key that is a name, and values of several types: a string, and told",
      "a",
      ['{"1":1,"2":"c"}'],
      "string",
      /string with the object's JSON/,
    ],
    [
      "many keys that do not come together are those of a map, and told",
      "a",
      Array.from({ length: 25 }, (_, n) => `{"k${n}":${n}}`),
      "map<string,int>",
      /25 objects have 25 different keys, few of which come together/,
    ],
    [
      "many keys that come together are fields",
      "a",
      [`{${Array.from({ length: 25 }, (_, n) => `"k${n}":${n}`).join()}}`],
      `struct<${Array.from({ length: 25 }, (_, n) => `k${n}:int`).join()}>`,
    ],
    [
      "a thousand keys are those of a map, of strings where they are mixed",
      "a",
      Array.from({ length: 1001 }, (_, n) => `{"k${n}":${n === 7 ? '"x"' : n}}`),
      "map<string,string>",
      /more than 1,000 different keys/,
      /`a\{\}`: 1 of 1,001 values is text/,
    ],
  ];

describe("the type that values show", () => {
  for (const [what, key, values, type, ...patterns] of table) {
    it(what, async () => {
      const { type: found, doubts } = await typeOfValues(key, values);
      assert.equal(found, type);
      const unsure = doubts.filter(
        (doubt) => !/ stand as examples|taken for the event time|is a time as well/.test(doubt),
      );
      assert.equal(unsure.length, patterns.length, unsure.join("\n"));
      for (const [index, pattern] of patterns.entries()) assert.match(unsure[index]!, pattern);
    });
  }

  it("is a decimal only where every number is written with as many digits, as CSV has money", async () => {
    const typeOf = async (sources: string[]) => {
      const events = sources.map((source) => ({ time: "2026-11-20", n: new WrittenNumber(source) }));
      return (await inferDataset(events, { name: "a" })).definition.columns["n"]!.type;
    };
    const money = Array.from({ length: 12 }, (_, n) => `${n}.50`);
    assert.equal(await typeOf(money), "decimal(18,2)");
    assert.equal(await typeOf(money.slice(0, 5)), "double");
    assert.equal(await typeOf([...money, "1.5"]), "double");
    assert.equal(await typeOf([...money, "1"]), "double");
    assert.equal(await typeOf(money.map((each) => each.slice(0, -1))), "double");
    assert.equal(await typeOf(money.map((each) => `12345678901234567${each}`)), "decimal(21,2)");
  });

  it("does not look below a depth that no table has", async () => {
    const deep = `${'{"a":'.repeat(200)}1${"}".repeat(200)}`;
    const { type, doubts } = await typeOfValues("x", [deep]);
    assert.match(type!, /^(struct<a:){12}string>{12}$/);
    assert.match(doubts[0]!, /nested too deeply/);
  });
});
