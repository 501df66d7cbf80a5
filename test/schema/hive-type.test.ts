import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHiveType, type HivePrimitive, type HiveType } from "../../schema/hive-type.ts";

const primitives: HivePrimitive[] = [
  ...(["string", "boolean", "tinyint", "smallint", "int", "bigint", "float", "double"] as const),
  ...(["date", "timestamp"] as const),
];

const fieldName = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);

const hiveTypes = fc.letrec<{ type: HiveType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...primitives).map((kind): HiveType => ({ kind })),
    fc
      .integer({ min: 1, max: 38 })
      .chain((precision) =>
        fc.record({ precision: fc.constant(precision), scale: fc.nat(precision) }, { noNullPrototype: true }),
      )
      .map((digits): HiveType => ({ kind: "decimal", ...digits })),
    tie("type").map((element): HiveType => ({ kind: "array", element })),
    tie("type").map((value): HiveType => ({ kind: "map", value })),
    fc
      .uniqueArray(fc.record({ name: fieldName, type: tie("type") }, { noNullPrototype: true }), {
        minLength: 1,
        maxLength: 4,
        selector: ({ name }) => name,
      })
      .map((fields): HiveType => ({ kind: "struct", fields })),
  ),
})).type;

/** A type as Hive writes it, with a separator after commas and colons. */
function written(type: HiveType, space: string): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${space}${type.scale})`;
    case "array":
      return `array<${space}${written(type.element, space)}>`;
    case "map":
      return `map<string,${space}${written(type.value, space)}>`;
    case "struct": {
      const fields = type.fields.map((field) => `${field.name}:${space}${written(field.type, space)}`);
      return `struct<${fields.join(`,${space}`)}>`;
    }
    default:
      return type.kind;
  }
}

describe("a Hive type", () => {
  it("is read as it was written, however deep and in whatever case", () => {
    fc.assert(
      fc.property(hiveTypes, fc.constantFrom("", " "), fc.boolean(), (type, space, upperCase) => {
        const text = written(type, space);
        assert.deepEqual(parseHiveType(upperCase ? text.toUpperCase() : text), type);
      }),
    );
  });

  const unknown = (text: string) =>
    `unknown type "${text}". Use string, boolean, tinyint, smallint, int, bigint, float, double, date, timestamp, ` +
    "decimal(p,s), array<T>, map<string,T> or struct<name:T,...>.";
  for (const [text, message] of [
    ["", unknown("")],
    ["varchar(10)", unknown("varchar(10)")],
    ["set<int>", unknown("set<int>")],
    ["array<>", unknown("")],
    ["array<text>", unknown("text")],
    ["array<int", unknown("array<int")],
    ["decimal", unknown("decimal")],
    ["decimal(0,0)", '"decimal(0,0)" is not a decimal: precision is 1-38, scale at most the precision.'],
    ["decimal(39,2)", '"decimal(39,2)" is not a decimal: precision is 1-38, scale at most the precision.'],
    ["decimal(4,5)", '"decimal(4,5)" is not a decimal: precision is 1-38, scale at most the precision.'],
    ["map<int,string>", '"map<int,string>" is not a map: write map<string,VALUE>; JSON keys are strings.'],
    ["map<string>", '"map<string>" is not a map: write map<string,VALUE>; JSON keys are strings.'],
    [
      "map<string,int,int>",
      '"map<string,int,int>" is not a map: write map<string,VALUE>; JSON keys are strings.',
    ],
    ["struct<>", '"struct<>" is not a struct: write struct<name:TYPE,...>.'],
    ["struct<int>", '"struct<int>" is not a struct: write struct<name:TYPE,...>.'],
    ['struct<a"b:int>', '"struct<a"b:int>" is not a struct: write struct<name:TYPE,...>.'],
    ["struct<a:text>", unknown("text")],
    ["struct<a:int,A:int>", '"struct<a:int,A:int>" has two fields "a" after lower-casing. Rename one.'],
  ] as const) {
    it(`is not "${text}"`, () => assert.throws(() => parseHiveType(text), { message }));
  }
});
