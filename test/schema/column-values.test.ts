import assert from "node:assert/strict";
import { defineDataset, type ColumnDefinition } from "../../schema/dataset.ts";
import { jsonSchemaOf } from "../../schema/json-schema.ts";

const withColumn = (column: Omit<ColumnDefinition, "description">) =>
  defineDataset<Record<string, ColumnDefinition>>({
    name: "orders",
    description: "Orders.",
    columns: {
      id: { type: "string", description: "Which." },
      at: { type: "timestamp", description: "When." },
      it: { ...column, description: "What." },
    },
    eventTime: "at",
    eventId: "id",
    since: "2026-01-01",
  });
const schemaOf = (column: Omit<ColumnDefinition, "description">) =>
  (jsonSchemaOf(withColumn(column))["properties"] as Record<string, unknown>)["it"];

describe("what a column's declaration allows", () => {
  it("stands in the JSON Schema of an event: values, and a range within the type's", () => {
    assert.deepEqual(schemaOf({ type: "string", values: ["a", "b"] }), {
      type: ["string", "null"],
      enum: ["a", "b", null],
      description: "What.",
    });
    assert.deepEqual(schemaOf({ type: "string", values: ["a"], required: true }), {
      type: "string",
      enum: ["a"],
      description: "What.",
    });
    assert.deepEqual(schemaOf({ type: "int", minimum: 0 }), {
      type: ["integer", "null"],
      minimum: 0,
      maximum: 2_147_483_647,
      description: "What.",
    });
  });

  const wrong: [Omit<ColumnDefinition, "description">, string][] = [
    [{ type: "string", minimum: 1 }, "minimum 1: a column of type string has no range."],
    [{ type: "tinyint", maximum: 128 }, "maximum 128: write a number that tinyint holds."],
    [{ type: "double", minimum: NaN }, "minimum NaN: write a number that double holds."],
    [{ type: "double", minimum: 2, maximum: 1 }, "minimum 2 is above maximum 1. Exchange them."],
    [{ type: "string", values: [] }, "values: list 1-1000, or none for any."],
    [{ type: "string", values: ["a", "a"] }, 'values: "a" is listed twice.'],
    [{ type: "int", values: [1, 1.5] }, "values: 1.5 is no int."],
    [{ type: "int", values: [1], maximum: 0 }, "values: 1 is no int in its range."],
    [{ type: "string", values: ["a"], examples: ["b"] }, 'examples: "b" is none of the values.'],
    [{ type: "boolean", examples: ["yes"] }, 'examples: "yes" is no boolean.'],
    [{ type: "array<string>", examples: ["a"] }, 'examples: "a" is no array<string>.'],
  ];
  for (const [column, problem] of wrong) {
    it(`is refused: ${problem}`, () => {
      assert.throws(() => withColumn(column), {
        name: "DatasetError",
        message: `Dataset "orders":\n  column "it": ${problem}`,
      });
    });
  }
});
