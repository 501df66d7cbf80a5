import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import { quoteString } from "../../sql/quote.ts";
import { checkZone, instantOfWallClockSql } from "../types/time-zones.ts";
import {
  dayToSecond,
  displayType,
  double,
  json,
  timestamp,
  yearToMonth,
  type TrinoType,
} from "../types/trino-type.ts";
import { typeOfNode } from "../types/type-node.ts";
import { castExplicitly } from "./cast.ts";
import { computed, type Typed } from "./typed.ts";

type Literal = Extract<
  Expression,
  { kind: "null" | "boolean" | "integer" | "decimal" | "double" | "string" | "binary" }
>;

/** @throws {QueryFailure} INVALID_LITERAL, when an integer is no bigint. */
export function analyzeLiteral(literal: Literal): Typed {
  switch (literal.kind) {
    case "null":
      return constant({ kind: "unknown" }, "NULL");
    case "boolean":
      return constant({ kind: "boolean" }, literal.value ? "true" : "false");
    case "integer":
      return integerLiteral(literal.value, literal.at);
    case "decimal":
      // Measured in Athena as double: 0.1 + 0.2 is 0.30000000000000004 (aws-semantics 4.7).
      return { ...constant(double, `CAST(${literal.value} AS DOUBLE)`), decimalLiteral: true };
    case "double":
      return constant(double, `CAST(${literal.value} AS DOUBLE)`);
    case "string":
      return stringLiteral(literal.value);
    case "binary":
      return constant({ kind: "varbinary" }, `from_hex(${quoteString(literal.value)})`);
  }
}

export function stringLiteral(text: string): Typed {
  const length = [...text].length;
  return { ...constant({ kind: "varchar", length }, quoteString(text)), text };
}

function constant(type: TrinoType, sql: string): Typed {
  return computed(type, sql, [], { constant: true });
}

function integerLiteral(text: string, at: Position): Typed {
  const value = BigInt(text);
  if (value >= -(2n ** 31n) && value < 2n ** 31n)
    return constant({ kind: "integer" }, `CAST(${text} AS INTEGER)`);
  if (value >= -(2n ** 63n) && value < 2n ** 63n)
    return constant({ kind: "bigint" }, `CAST(${text} AS BIGINT)`);
  throw new QueryFailure("INVALID_LITERAL", `Invalid numeric literal: ${text}`, at);
}

const timestampPattern =
  /^(\d{4,})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,12}))?)?)?(?: ?([A-Za-z+-].*))?$/;

/** `DATE '...'`, `TIMESTAMP '... Europe/Berlin'`, `DECIMAL '1.50'`, and any other type before a string. */
export function analyzeTypedLiteral(literal: Extract<Expression, { kind: "typed" }>): Typed {
  const { value, at } = literal;
  if (literal.type.name === "decimal" && literal.type.arguments.length === 0)
    return decimalLiteral(value, at);
  if (literal.type.name.startsWith("timestamp")) return timestampLiteral(value, at);
  const type = typeOfNode(literal.type);
  if (type.kind === "date" && !isDate(value)) throw invalidLiteral(value, type, at);
  if (type.kind === "json") return constant(json, `athena_json_parse(${quoteString(value)})`);
  return { ...castExplicitly(stringLiteral(value), type, false, at), constant: true };
}

function decimalLiteral(value: string, at: Position): Typed {
  const parts = /^[+-]?(\d*)(?:\.(\d*))?$/.exec(value.trim());
  const digits = (parts?.[1] ?? "").replace(/^0+/, "").length + (parts?.[2] ?? "").length;
  if (!parts || digits > 38)
    throw new QueryFailure("INVALID_LITERAL", `'${value}' is not a valid DECIMAL literal`, at);
  const type: TrinoType = { kind: "decimal", precision: Math.max(digits, 1), scale: (parts[2] ?? "").length };
  return constant(type, `CAST(${quoteString(value.trim())} AS DECIMAL(${type.precision},${type.scale}))`);
}

function isDate(value: string): boolean {
  const parts = /^(\d{4,})-(\d{1,2})-(\d{1,2})$/.exec(value.trim());
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function timestampLiteral(value: string, at: Position): Typed {
  const parts = timestampPattern.exec(value.trim());
  const day = parts && `${parts[1]}-${parts[2]}-${parts[3]}`;
  const [hour, minute, second] = [parts?.[4], parts?.[5], parts?.[6]].map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
  ];
  if (!parts || !day || !isDate(day) || hour > 23 || minute > 59 || second > 59)
    throw invalidLiteral(value, timestamp, at);
  const two = (n: number | string) => String(n).padStart(2, "0");
  const milliseconds = Math.round(Number(`0.${parts[7] ?? "0"}`) * 1000);
  const date = `${parts[1]}-${two(parts[2] ?? "")}-${two(parts[3] ?? "")}`;
  const whole = `TIMESTAMP '${date} ${two(hour)}:${two(minute)}:${two(second)}'`;
  const sql = milliseconds === 0 ? whole : `(${whole} + to_milliseconds(${milliseconds}))`;
  if (parts[8] === undefined) return constant(timestamp, sql);
  const zone = checkZone(parts[8].trim(), at);
  return constant({ kind: "timestamp with time zone", zone }, instantOfWallClockSql(sql, zone));
}

function invalidLiteral(value: string, type: TrinoType, at: Position): QueryFailure {
  const name = displayType(type).replace(/\(.*/, "").toUpperCase();
  return new QueryFailure("INVALID_LITERAL", `'${value}' is not a valid ${name} literal`, at);
}

const microsecondsPer: Readonly<Record<string, number>> = {
  DAY: 86_400e6,
  HOUR: 3_600e6,
  MINUTE: 60e6,
  SECOND: 1e6,
};

/** `INTERVAL '1' DAY`, `INTERVAL '2-3' YEAR TO MONTH`, `INTERVAL '1 02:03:04.5' DAY TO SECOND`. */
export function analyzeInterval(interval: Extract<Expression, { kind: "interval" }>): Typed {
  const { value, from, at } = interval;
  const to = interval.to ?? from;
  const sign = interval.negative ? -1 : 1;
  const invalid = new QueryFailure("INVALID_LITERAL", `'${value}' is not a valid INTERVAL literal`, at);
  if (from === "YEAR" || from === "MONTH") {
    const parts =
      from === "YEAR" && to === "MONTH" ? /^(-?)(\d+)(?:-(\d+))?$/.exec(value) : /^(-?)(\d+)$/.exec(value);
    if (!parts) throw invalid;
    const first = Number(parts[2]);
    const months = from === "YEAR" ? first * 12 + Number(parts[3] ?? 0) : first;
    return constant(yearToMonth, `to_months(${(parts[1] ? -1 : 1) * sign * months})`);
  }
  const fields = ["DAY", "HOUR", "MINUTE", "SECOND"].slice(
    ["DAY", "HOUR", "MINUTE", "SECOND"].indexOf(from),
    ["DAY", "HOUR", "MINUTE", "SECOND"].indexOf(to) + 1,
  );
  const parts = /^(-?)(\d+(?:[ :]\d+)*)(\.\d+)?$/.exec(value.trim());
  const numbers = parts?.[2]?.split(/[ :]/).map(Number) ?? [];
  if (
    !parts ||
    numbers.length > fields.length ||
    (parts[3] !== undefined && fields[numbers.length - 1] !== "SECOND")
  ) {
    throw invalid;
  }
  const whole = numbers.reduce((sum, n, i) => sum + n * (microsecondsPer[fields[i] ?? ""] ?? 0), 0);
  const microseconds = whole + Math.round(Number(parts[3] ?? 0) * 1000) * 1000;
  return constant(dayToSecond, `to_microseconds(${(parts[1] ? -1 : 1) * sign * microseconds})`);
}
