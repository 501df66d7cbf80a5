import { decimalText } from "../render.ts";
import { QueryFailure } from "../parse/syntax-error.ts";
import type { Position } from "../parse/position.ts";
import { convert } from "../types/convert.ts";
import { quoteString } from "../../sql/quote.ts";
import { commonType, sameType } from "../types/common-type.ts";
import { wallClockSql } from "../types/time-zones.ts";
import {
  displayType,
  duckdbType,
  fieldKey,
  isInteger,
  isNumeric,
  type TrinoType,
} from "../types/trino-type.ts";
import { castFromJson, castToJson } from "./cast-json.ts";
import { computed, type Typed } from "./typed.ts";

/**
 * CAST and TRY_CAST.
 * @throws {QueryFailure} TYPE_MISMATCH where Trino has no such cast; NOT_SUPPORTED for text with a time zone.
 */
export function castExplicitly(value: Typed, to: TrinoType, safe: boolean, at: Position): Typed {
  const target = withZone(value.type, to);
  const sql = castSql(value, target, at);
  return computed(target, safe && sql !== value.sql ? `TRY(${sql})` : sql, [value]);
}

/** A cast to an instant keeps the value's zone, or takes the session's, which is UTC. */
function withZone(from: TrinoType, to: TrinoType): TrinoType {
  if (to.kind !== "timestamp with time zone" || to.zone !== undefined) return to;
  return from.kind === "timestamp with time zone" ? from : { ...to, zone: "UTC" };
}

/** The wall clock of an instant. @throws {QueryFailure} when its zone differs from row to row. */
export function localTimestampSql(value: Typed, at: Position): string {
  if (value.type.kind !== "timestamp with time zone") return value.sql;
  if (value.type.zone === undefined) {
    throw new QueryFailure(
      "NOT_SUPPORTED",
      "the local Athena keeps no time zone per row: give these values one zone by AT TIME ZONE",
      at,
    );
  }
  return wallClockSql(value.sql, value.type.zone);
}

function castSql(value: Typed, to: TrinoType, at: Position): string {
  const { sql, type: from } = value;
  if (from.kind === "unknown") return convert(sql, from, to);
  if (from.kind === "json" && to.kind !== "json") return castFromJson(sql, to, at);
  if (to.kind === "json") return castToJson(value, at);
  if (to.kind === "varchar") return bounded(toVarchar(value, at), from, to.length);
  if (from.kind === "varchar") return fromVarchar(sql, to, at, value);
  if (sameType(from, to)) return sql;
  if (isNumeric(from) && isNumeric(to)) return numberToNumber(sql, from, to);
  if (from.kind === "boolean" && isNumeric(to)) return `CAST(${sql} AS ${duckdbType(to)})`;
  if (isNumeric(from) && to.kind === "boolean") return `(${sql} <> 0)`;
  if (from.kind === "timestamp with time zone" && to.kind === "timestamp")
    return localTimestampSql(value, at);
  if (from.kind === "timestamp with time zone" && to.kind === "date")
    return `CAST(${localTimestampSql(value, at)} AS DATE)`;
  if (from.kind === "timestamp" && to.kind === "date") return `CAST(${sql} AS DATE)`;
  if (from.kind === "array" && to.kind === "array") {
    return `list_transform(${sql}, lambda e: ${inner("e", from.element, to.element, at)})`;
  }
  if (from.kind === "map" && to.kind === "map") {
    const keys = `list_transform(map_keys(${sql}), lambda e: ${inner("e", from.key, to.key, at)})`;
    const values = `list_transform(map_values(${sql}), lambda e: ${inner("e", from.value, to.value, at)})`;
    return `CASE WHEN ${sql} IS NULL THEN NULL ELSE map(${keys}, ${values}) END`;
  }
  if (from.kind === "row" && to.kind === "row" && from.fields.length === to.fields.length)
    return castRow(sql, from, to, at);
  const common = commonType(from, to);
  if (common && common.kind === to.kind) return convert(sql, from, to);
  throw new QueryFailure("TYPE_MISMATCH", `Cannot cast ${displayType(from)} to ${displayType(to)}`, at);
}

function inner(sql: string, from: TrinoType, to: TrinoType, at: Position): string {
  return castSql(computed(from, sql, []), to, at);
}

function castRow(
  sql: string,
  from: TrinoType & { kind: "row" },
  to: TrinoType & { kind: "row" },
  at: Position,
): string {
  const fields = to.fields.map((field, i) => {
    const source = from.fields[i] ?? field;
    const key = quoteString(fieldKey(source, i));
    return `"${fieldKey(field, i)}" := ${inner(`struct_extract(${sql}, ${key})`, source.type, field.type, at)}`;
  });
  return `CASE WHEN ${sql} IS NULL THEN NULL ELSE struct_pack(${fields.join(", ")}) END`;
}

function numberToNumber(sql: string, from: TrinoType, to: TrinoType): string {
  const approximate = from.kind === "double" || from.kind === "real";
  // Trino rounds halves away from zero, DuckDB's cast of a double to an even number.
  if (approximate && isInteger(to)) return `CAST(athena_whole(${sql}) AS ${duckdbType(to)})`;
  if (approximate && to.kind === "decimal") return `CAST(round(${sql}, ${to.scale}) AS ${duckdbType(to)})`;
  return `CAST(${sql} AS ${duckdbType(to)})`;
}

/** Text is read as Trino reads it: DuckDB takes more, such as '1.5' for an integer and '2020/01/01' for a date. */
function fromVarchar(sql: string, to: TrinoType, at: Position, value: Typed): string {
  const name = quoteString(displayType(to));
  switch (to.kind) {
    case "boolean":
      return `athena_text_to_boolean(${sql})`;
    case "tinyint":
    case "smallint":
    case "integer":
    case "bigint":
      return `CAST(athena_integer_text(${sql}, ${name}) AS ${duckdbType(to)})`;
    case "real":
    case "double":
      return `CAST(athena_number_text(${sql}, ${name}) AS ${duckdbType(to)})`;
    case "decimal":
      return `CAST(athena_decimal_text(${sql}, ${name}) AS ${duckdbType(to)})`;
    case "date":
      return `CAST(athena_date_text(${sql}) AS DATE)`;
    case "timestamp":
      return `athena_round_to_milliseconds(CAST(athena_timestamp_text(${sql}) AS TIMESTAMP))`;
    case "varbinary":
      return `encode(${sql})`;
    case "timestamp with time zone":
      throw new QueryFailure(
        "NOT_SUPPORTED",
        "the local Athena reads no time zone from text by CAST: use from_iso8601_timestamp or TIMESTAMP '...'",
        at,
      );
    default:
      throw new QueryFailure(
        "TYPE_MISMATCH",
        `Cannot cast ${displayType(value.type)} to ${displayType(to)}`,
        at,
      );
  }
}

function toVarchar(value: Typed, at: Position): string {
  const { sql, type } = value;
  switch (type.kind) {
    case "varchar":
      return sql;
    case "boolean":
    case "tinyint":
    case "smallint":
    case "integer":
    case "bigint":
    case "date":
      return `CAST(${sql} AS VARCHAR)`;
    case "decimal":
      return decimalText(sql, type);
    case "timestamp":
      return `athena_show_timestamp(${sql})`;
    case "timestamp with time zone":
      return `(athena_show_timestamp(${localTimestampSql(value, at)}) || ${quoteString(` ${type.zone ?? ""}`)})`;
    // As the SQL standard has it, and Trino since January 2022 (trinodb/trino#10657); Athena's engine version 3 is younger.
    case "real":
      return `athena_real_to_text(${sql})`;
    case "double":
      return `athena_double_to_text(${sql})`;
    case "varbinary":
    default:
      throw new QueryFailure("TYPE_MISMATCH", `Cannot cast ${displayType(type)} to varchar`, at);
  }
}

/** Text is cut to fit; anything else that does not fit is an error. */
function bounded(sql: string, from: TrinoType, length: number | undefined): string {
  if (length === undefined) return sql;
  return from.kind === "varchar" ? `left(${sql}, ${length})` : `athena_fitting(${sql}, ${length})`;
}
