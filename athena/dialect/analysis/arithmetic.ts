import { QueryFailure } from "../parse/syntax-error.ts";
import type { ArithmeticOperator, Expression } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import { convert } from "../types/convert.ts";
import { asDecimal, commonType } from "../types/common-type.ts";
import { instantOfWallClockSql } from "../types/time-zones.ts";
import {
  dayToSecond,
  displayType,
  duckdbType,
  isInteger,
  isNumeric,
  type TrinoType,
} from "../types/trino-type.ts";
import { localTimestampSql } from "./cast.ts";
import { computed, type Typed } from "./typed.ts";

type Arithmetic = Extract<Expression, { kind: "arithmetic" }>;

/** @throws {QueryFailure} TYPE_MISMATCH for types that cannot be added, multiplied, ... */
export function analyzeArithmetic({ operator, at }: Arithmetic, left: Typed, right: Typed): Typed {
  if (isNumeric(left.type) || isNumeric(right.type)) {
    const type = commonType(left.type, right.type);
    if (type && isNumeric(type)) return numbers(operator, left, right, type, at);
    if (isInterval(left.type) || isInterval(right.type)) return scaledInterval(operator, left, right, at);
  }
  if (left.type.kind === "unknown" && right.type.kind === "unknown")
    return computed(left.type, "NULL", [left, right]);
  return times(operator, left, right, at);
}

function mismatch(operator: string, left: Typed, right: Typed, at: Position): QueryFailure {
  const types = `${displayType(left.type)} ${operator} ${displayType(right.type)}`;
  return new QueryFailure("TYPE_MISMATCH", `Cannot apply operator: ${types}`, at);
}

function numbers(
  operator: ArithmeticOperator,
  left: Typed,
  right: Typed,
  type: TrinoType,
  at: Position,
): Typed {
  if (type.kind === "decimal") return decimals(operator, left, right, at);
  const [a, b] = [convert(left.sql, left.type, type), convert(right.sql, right.type, type)];
  const decimalLiteral = left.decimalLiteral === true || right.decimalLiteral === true;
  const more = decimalLiteral ? { decimalLiteral } : {};
  const divides = operator === "/" || operator === "%";
  if (!divides) return computed(type, `(${a} ${operator} ${b})`, [left, right], more);
  if (isInteger(type)) {
    return computed(
      type,
      `${operator === "/" ? "athena_divide" : "athena_modulo"}(${a}, ${b})`,
      [left, right],
      more,
    );
  }
  // 1.0/0 fails on Trino, where 1.0 is a decimal; Athena's own answer is not known, so it fails here too.
  const divisor = decimalLiteral ? `athena_not_zero(${b})` : b;
  return computed(type, `(${a} ${operator} ${divisor})`, [left, right], more);
}

function decimals(operator: ArithmeticOperator, left: Typed, right: Typed, at: Position): Typed {
  const [a, b] = [asDecimal(left.type), asDecimal(right.type)];
  const refuse = (why: string) =>
    new QueryFailure("NOT_SUPPORTED", `${why}: cast to double, or to smaller decimals`, at);
  if (operator === "/" || operator === "%") throw refuse("the local Athena does not divide decimals");
  const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
  const scale = operator === "*" ? a.scale + b.scale : Math.max(a.scale, b.scale);
  const precision = operator === "*" ? a.precision + b.precision : whole + scale + 1;
  if (precision > 38) throw refuse(`the result needs ${precision} digits, and decimals have 38`);
  const type: TrinoType = { kind: "decimal", precision, scale };
  const sides = [left, right].map(
    (side) => `CAST(${side.sql} AS ${duckdbType(operator === "*" ? asDecimal(side.type) : type)})`,
  );
  return computed(type, `CAST(${sides.join(` ${operator} `)} AS ${duckdbType(type)})`, [left, right]);
}

function isInterval(type: TrinoType): boolean {
  return type.kind === "interval day to second" || type.kind === "interval year to month";
}

function scaledInterval(operator: ArithmeticOperator, left: Typed, right: Typed, at: Position): Typed {
  const [interval, factor] = isInterval(left.type) ? [left, right] : [right, left];
  const allowed = operator === "*" || (operator === "/" && interval === left);
  if (!allowed || !isInteger(factor.type)) throw mismatch(operator, left, right, at);
  const part = interval.type.kind === "interval day to second" ? "microseconds" : "months";
  const unit =
    part === "months"
      ? `datepart('month', ${interval.sql}) + 12 * datepart('year', ${interval.sql})`
      : `epoch_us(${interval.sql})`;
  const value = operator === "*" ? `(${unit}) * ${factor.sql}` : `athena_divide(${unit}, ${factor.sql})`;
  return computed(
    interval.type,
    `to_${part}(CAST(${value} AS ${part === "months" ? "INTEGER" : "BIGINT"}))`,
    [left, right],
  );
}

/** Dates, timestamps and intervals. */
function times(operator: ArithmeticOperator, left: Typed, right: Typed, at: Position): Typed {
  const [a, b] = [left.type.kind, right.type.kind];
  if (operator === "+" && isInterval(left.type) && !isInterval(right.type))
    return times(operator, right, left, at);
  if (operator !== "+" && operator !== "-") throw mismatch(operator, left, right, at);
  if (isInterval(left.type) && a === b)
    return computed(left.type, `(${left.sql} ${operator} ${right.sql})`, [left, right]);
  if (isInterval(right.type)) return shifted(operator, left, right, at);
  const type = commonType(left.type, right.type);
  if (operator === "-" && type && ["date", "timestamp", "timestamp with time zone"].includes(type.kind)) {
    const [from, to] = [left, right].map((side) => `CAST(${side.instantSql ?? side.sql} AS TIMESTAMP)`);
    return computed(dayToSecond, `to_microseconds(epoch_us(${from}) - epoch_us(${to}))`, [left, right]);
  }
  throw mismatch(operator, left, right, at);
}

function shifted(operator: "+" | "-", left: Typed, right: Typed, at: Position): Typed {
  const sum = (sql: string) => `(${sql} ${operator} ${right.sql})`;
  switch (left.type.kind) {
    case "date": {
      const interval =
        right.type.kind === "interval day to second" ? `athena_whole_days(${right.sql})` : right.sql;
      return computed(left.type, `CAST((${left.sql} ${operator} ${interval}) AS DATE)`, [left, right]);
    }
    case "timestamp":
      return computed(left.type, sum(left.sql), [left, right]);
    case "timestamp with time zone": {
      if (right.type.kind === "interval day to second")
        return computed(left.type, sum(left.sql), [left, right]);
      // Months are counted on the zone's own calendar.
      const shiftedLocal = sum(localTimestampSql(left, at));
      return computed(left.type, instantOfWallClockSql(shiftedLocal, left.type.zone ?? "UTC"), [left, right]);
    }
    default:
      throw mismatch(operator, left, right, at);
  }
}

/** `-value`. */
export function analyzeNegation(value: Typed, at: Position): Typed {
  if (!isNumeric(value.type) && !isInterval(value.type) && value.type.kind !== "unknown") {
    throw new QueryFailure("TYPE_MISMATCH", `Cannot negate ${displayType(value.type)}`, at);
  }
  return computed(
    value.type,
    `(- ${value.sql})`,
    [value],
    value.decimalLiteral ? { decimalLiteral: true } : {},
  );
}
