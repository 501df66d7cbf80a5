import { integerKinds, isInteger, isNumeric, type TrinoType } from "./trino-type.ts";

/**
 * The type to which both can be coerced without a CAST, as Trino does it: integers widen, integers and decimals become
 * real and double, a date becomes a timestamp, NULL becomes anything; text never becomes a number or a date.
 * @returns nothing when there is none.
 */
export function commonType(a: TrinoType, b: TrinoType): TrinoType | undefined {
  if (a.kind === "unknown") return b;
  if (b.kind === "unknown") return a;
  if (isNumeric(a) && isNumeric(b)) return commonNumber(a, b);
  if (a.kind === "varchar" && b.kind === "varchar") {
    if (a.length === undefined || b.length === undefined) return { kind: "varchar" };
    return { kind: "varchar", length: Math.max(a.length, b.length) };
  }
  const inTime = ["date", "timestamp", "timestamp with time zone"];
  if (inTime.includes(a.kind) && inTime.includes(b.kind)) return commonTime(a, b, inTime);
  if (a.kind === "array" && b.kind === "array") {
    const element = commonType(a.element, b.element);
    return element && { kind: "array", element };
  }
  if (a.kind === "map" && b.kind === "map") {
    const key = commonType(a.key, b.key);
    const value = commonType(a.value, b.value);
    return key && value && { kind: "map", key, value };
  }
  if (a.kind === "row" && b.kind === "row") return commonRow(a, b);
  return a.kind === b.kind ? a : undefined;
}

function commonNumber(a: TrinoType, b: TrinoType): TrinoType {
  if (a.kind === "double" || b.kind === "double") return { kind: "double" };
  if (a.kind === "real" || b.kind === "real") return { kind: "real" };
  if (isInteger(a) && isInteger(b)) {
    const rank = (type: TrinoType) => (integerKinds as readonly string[]).indexOf(type.kind);
    return rank(a) >= rank(b) ? a : b;
  }
  const [x, y] = [asDecimal(a), asDecimal(b)];
  const scale = Math.max(x.scale, y.scale);
  const whole = Math.max(x.precision - x.scale, y.precision - y.scale);
  return { kind: "decimal", precision: Math.min(38, whole + scale), scale };
}

/** The decimal that holds all values of an integer type. */
export function asDecimal(type: TrinoType): { kind: "decimal"; precision: number; scale: number } {
  if (type.kind === "decimal") return type;
  const precision = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 }[type.kind as "bigint"];
  return { kind: "decimal", precision, scale: 0 };
}

function commonTime(a: TrinoType, b: TrinoType, inTime: readonly string[]): TrinoType {
  const wide = inTime.indexOf(a.kind) >= inTime.indexOf(b.kind) ? a : b;
  if (a.kind !== "timestamp with time zone" || b.kind !== a.kind) {
    // A date or timestamp becomes an instant by the session's zone, which is UTC in Athena.
    if (wide.kind === "timestamp with time zone" && a.kind !== b.kind && wide.zone !== "UTC")
      return { kind: wide.kind };
    return wide;
  }
  return a.zone === b.zone ? a : { kind: "timestamp with time zone" };
}

function commonRow(a: TrinoType & { kind: "row" }, b: TrinoType & { kind: "row" }): TrinoType | undefined {
  if (a.fields.length !== b.fields.length) return undefined;
  const fields: { name?: string; type: TrinoType }[] = [];
  for (const [i, field] of a.fields.entries()) {
    const other = b.fields[i];
    const type = other && commonType(field.type, other.type);
    if (!type) return undefined;
    const named = field.name !== undefined && field.name === other.name;
    fields.push(named ? { name: field.name, type } : { type });
  }
  return { kind: "row", fields };
}

/** Whether two types are the same one, down to field names and lengths. */
export function sameType(a: TrinoType, b: TrinoType): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
