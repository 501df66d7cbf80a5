import { quoteName } from "../../sql/quote.ts";

/** The types of Trino that Athena's engine version 3 has in queries. */
export type TrinoType =
  | { readonly kind: SimpleKind }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "varchar"; readonly length?: number }
  /** An instant. `zone` is the zone in which it is shown; without it, the zone differs from row to row. */
  | { readonly kind: "timestamp with time zone"; readonly zone?: string }
  | { readonly kind: "array"; readonly element: TrinoType }
  | { readonly kind: "map"; readonly key: TrinoType; readonly value: TrinoType }
  | { readonly kind: "row"; readonly fields: readonly RowField[] };

export type SimpleKind =
  | "unknown"
  | "boolean"
  | "tinyint"
  | "smallint"
  | "integer"
  | "bigint"
  | "real"
  | "double"
  | "varbinary"
  | "date"
  | "timestamp"
  | "json"
  | "interval day to second"
  | "interval year to month";

export interface RowField {
  /** Absent in `ROW(1, 2)`. */
  readonly name?: string;
  readonly type: TrinoType;
}

const simple = <Kind extends SimpleKind>(kind: Kind) => ({ kind }) as const;

export const boolean = simple("boolean");
export const bigint = simple("bigint");
export const double = simple("double");
export const timestamp = simple("timestamp");
export const json = simple("json");
export const varchar: TrinoType = { kind: "varchar" };
export const dayToSecond = simple("interval day to second");
export const yearToMonth = simple("interval year to month");

/** The integers, from narrow to wide. */
export const integerKinds = ["tinyint", "smallint", "integer", "bigint"] as const;

export function isInteger(type: TrinoType): boolean {
  return (integerKinds as readonly string[]).includes(type.kind);
}

export function isNumeric(type: TrinoType): boolean {
  return isInteger(type) || ["decimal", "real", "double"].includes(type.kind);
}

/** The type as Trino's messages and `typeof` write it. */
export function displayType(type: TrinoType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "varchar":
      return type.length === undefined ? "varchar" : `varchar(${type.length})`;
    case "timestamp":
      return "timestamp(3)";
    case "timestamp with time zone":
      return "timestamp(3) with time zone";
    case "array":
      return `array(${displayType(type.element)})`;
    case "map":
      return `map(${displayType(type.key)}, ${displayType(type.value)})`;
    case "row":
      return `row(${type.fields.map((f) => (f.name ? `"${f.name}" ` : "") + displayType(f.type)).join(", ")})`;
    default:
      return type.kind;
  }
}

/** The name under which DuckDB's struct holds the row's field. */
export function fieldKey(field: RowField, index: number): string {
  return field.name ?? `field${index}`;
}

/** The DuckDB type that holds the values: an instant is a TIMESTAMP in UTC, its zone is in the type alone. */
export function duckdbType(type: TrinoType): string {
  switch (type.kind) {
    case "unknown":
      return "INTEGER";
    case "real":
      return "FLOAT";
    case "varbinary":
      return "BLOB";
    case "decimal":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "timestamp with time zone":
      return "TIMESTAMP";
    case "interval day to second":
    case "interval year to month":
      return "INTERVAL";
    case "array":
      return `${duckdbType(type.element)}[]`;
    case "map":
      return `MAP(${duckdbType(type.key)}, ${duckdbType(type.value)})`;
    case "row":
      return `STRUCT(${type.fields.map((f, i) => `${quoteName(fieldKey(f, i))} ${duckdbType(f.type)}`).join(", ")})`;
    default:
      return type.kind.toUpperCase();
  }
}
