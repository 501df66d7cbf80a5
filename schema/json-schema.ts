import type { Column, Dataset } from "./dataset.ts";
import { integerRanges, parseHiveType, type HiveType } from "./hive-type.ts";

export interface JsonSchema {
  [keyword: string]: unknown;
}

/**
 * The JSON Schema (draft-07) of one event as a producer sends it: every column may be missing or null, because
 * Firehose turns both into NULL, except those the dataset requires; keys that no column has are allowed, because
 * Firehose drops them (aws-semantics 1.4).
 */
export function jsonSchemaOf(dataset: Dataset): JsonSchema {
  const required = dataset.columns.filter((column) => column.required).map((column) => column.name);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: dataset.name,
    description: dataset.description,
    type: "object",
    properties: Object.fromEntries(
      dataset.columns.map((column) => [
        column.name,
        {
          ...schemaOf(parseHiveType(column.type), !column.required),
          ...allowedValues(column),
          description: column.description,
        },
      ]),
    ),
    required,
  };
}

/** What a column's declaration allows of its type's values. A column that is not required may be null as well. */
function allowedValues({ values, minimum, maximum, required }: Column): JsonSchema {
  return {
    ...(values && { enum: required ? [...values] : [...values, null] }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

/** JSON types of the values that the OpenX JSON SerDe takes for a Hive type (aws-semantics 1.4, 1.5). */
function schemaOf(type: HiveType, nullable: boolean): JsonSchema {
  const of = (...types: string[]) => ({ type: nullable ? [...types, "null"] : single(types) });
  switch (type.kind) {
    case "string":
      return of("string");
    case "boolean":
      return of("boolean");
    case "tinyint":
    case "smallint":
    case "int": {
      const [minimum, maximum] = integerRanges[type.kind]!;
      return { ...of("integer"), minimum, maximum };
    }
    case "bigint":
      return of("integer");
    case "float":
    case "double":
    case "decimal":
      return of("number");
    case "date":
      return { ...of("string"), pattern: "^\\d{4}-\\d{1,2}-\\d{1,2}$" };
    case "timestamp":
      return of("string", "number");
    case "array":
      return { ...of("array"), items: schemaOf(type.element, true) };
    case "map":
      return { ...of("object"), additionalProperties: schemaOf(type.value, true) };
    case "struct":
      return {
        ...of("object"),
        properties: Object.fromEntries(type.fields.map((f) => [f.name, schemaOf(f.type, true)])),
      };
  }
}

function single(types: string[]): string | string[] {
  return types.length === 1 && types[0] !== undefined ? types[0] : types;
}
