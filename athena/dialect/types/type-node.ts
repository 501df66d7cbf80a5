import { QueryFailure } from "../parse/syntax-error.ts";
import type { TypeNode } from "../parse/type-node.ts";
import type { RowField, TrinoType } from "./trino-type.ts";

const simpleNames: Readonly<Record<string, TrinoType>> = {
  boolean: { kind: "boolean" },
  tinyint: { kind: "tinyint" },
  smallint: { kind: "smallint" },
  integer: { kind: "integer" },
  int: { kind: "integer" },
  bigint: { kind: "bigint" },
  real: { kind: "real" },
  double: { kind: "double" },
  varbinary: { kind: "varbinary" },
  date: { kind: "date" },
  json: { kind: "json" },
  "interval day to second": { kind: "interval day to second" },
  "interval year to month": { kind: "interval year to month" },
};

/**
 * The type that a statement names.
 * @throws {QueryFailure} TYPE_NOT_FOUND; NOT_SUPPORTED for types that the local Athena has not.
 */
export function typeOfNode(node: TypeNode): TrinoType {
  const simple = simpleNames[node.name];
  if (simple) return simple;
  const sizes = node.arguments.filter((argument) => typeof argument === "number");
  const nested = node.arguments.filter((argument) => typeof argument !== "number");
  switch (node.name) {
    case "varchar":
      return sizes[0] === undefined ? { kind: "varchar" } : { kind: "varchar", length: sizes[0] };
    case "decimal":
      return { kind: "decimal", precision: sizes[0] ?? 38, scale: sizes[1] ?? 0 };
    case "timestamp":
    case "timestamp with time zone":
      // Athena rounds to milliseconds and shows three digits whatever the precision (Athena user guide, engine version 3).
      if ((sizes[0] ?? 3) > 3) throw refused(node, `${node.name} with more than 3 digits of a second`);
      return node.name === "timestamp" ? { kind: "timestamp" } : { kind: "timestamp with time zone" };
    case "array":
      if (nested[0]) return { kind: "array", element: typeOfNode(nested[0].type) };
      break;
    case "map":
      if (nested[0] && nested[1]) {
        return { kind: "map", key: typeOfNode(nested[0].type), value: typeOfNode(nested[1].type) };
      }
      break;
    case "row":
      return {
        kind: "row",
        fields: nested.map(({ field, type }): RowField => {
          return field === undefined ? { type: typeOfNode(type) } : { name: field, type: typeOfNode(type) };
        }),
      };
    case "char":
    case "time":
    case "time with time zone":
    case "ipaddress":
    case "uuid":
    case "hyperloglog":
    case "number":
      throw refused(node, `the type ${node.name}`);
    default:
      break;
  }
  throw new QueryFailure("TYPE_NOT_FOUND", `Unknown type: ${node.name}`, node.at);
}

function refused(node: TypeNode, what: string): QueryFailure {
  return new QueryFailure("NOT_SUPPORTED", `the local Athena does not know ${what}`, node.at);
}
