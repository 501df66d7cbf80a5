import { parsePrimary } from "./parse-primary.ts";
import type { ArithmeticOperator, ComparisonOperator, Expression } from "./syntax-tree.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads an expression, by the precedence of Trino's grammar: OR, AND, NOT, one predicate, then values. */
export function parseExpression(reader: TokenReader): Expression {
  let left = parseAnd(reader);
  while (reader.isWord("OR")) {
    const { at } = reader.take();
    left = { kind: "or", left, right: parseAnd(reader), at };
  }
  return left;
}

function parseAnd(reader: TokenReader): Expression {
  let left = parseNot(reader);
  while (reader.isWord("AND")) {
    const { at } = reader.take();
    left = { kind: "and", left, right: parseNot(reader), at };
  }
  return left;
}

function parseNot(reader: TokenReader): Expression {
  if (!reader.isWord("NOT")) return parsePredicate(reader);
  const { at } = reader.take();
  return { kind: "not", value: parseNot(reader), at };
}

function parsePredicate(reader: TokenReader): Expression {
  const value = parseValue(reader);
  const at = reader.at;
  if (reader.isSymbol("=", "<>", "!=", "<", "<=", ">", ">=")) {
    const symbol = reader.take().value;
    const operator = (symbol === "!=" ? "<>" : symbol) as ComparisonOperator;
    if (reader.isWord("ALL", "SOME", "ANY") && reader.peek(1).value === "(") {
      const quantifier = reader.take().value === "ALL" ? "ALL" : "ANY";
      const query = reader.parenthesized(() => reader.query());
      return { kind: "quantified", operator, quantifier, left: value, query, at };
    }
    return { kind: "comparison", operator, left: value, right: parseValue(reader), at };
  }
  if (reader.accept("IS")) return parseIs(reader, value);
  const negated = reader.accept("NOT");
  if (reader.accept("BETWEEN")) {
    const low = parseValue(reader);
    reader.expect("AND");
    return { kind: "between", value, low, high: parseValue(reader), negated, at };
  }
  if (reader.accept("IN")) {
    const items = reader.parenthesized(() =>
      reader.startsQuery() ? reader.query() : reader.commaSeparated(() => parseExpression(reader)),
    );
    return { kind: "in", value, items, negated, at };
  }
  if (reader.accept("LIKE")) {
    const pattern = parseValue(reader);
    const escape = reader.accept("ESCAPE") ? { escape: parseValue(reader) } : {};
    return { kind: "like", value, pattern, ...escape, negated, at };
  }
  if (negated) throw reader.mismatch("'BETWEEN', 'IN', 'LIKE'");
  return value;
}

function parseIs(reader: TokenReader, value: Expression): Expression {
  const at = reader.at;
  const negated = reader.accept("NOT");
  if (reader.accept("NULL")) return { kind: "isNull", value, negated, at };
  reader.expect("DISTINCT", "FROM");
  return { kind: "distinctFrom", left: value, right: parseValue(reader), negated, at };
}

/** What stands beside a comparison: sums, products, concatenations; no AND, no predicate. */
export function parseValue(reader: TokenReader): Expression {
  let left = parseSum(reader);
  while (reader.isSymbol("||")) {
    const { at } = reader.take();
    left = { kind: "concat", left, right: parseSum(reader), at };
  }
  return left;
}

function parseSum(reader: TokenReader): Expression {
  let left = parseProduct(reader);
  while (reader.isSymbol("+", "-")) {
    const { value, at } = reader.take();
    left = {
      kind: "arithmetic",
      operator: value as ArithmeticOperator,
      left,
      right: parseProduct(reader),
      at,
    };
  }
  return left;
}

function parseProduct(reader: TokenReader): Expression {
  let left = parseUnary(reader);
  while (reader.isSymbol("*", "/", "%")) {
    const { value, at } = reader.take();
    left = { kind: "arithmetic", operator: value as ArithmeticOperator, left, right: parseUnary(reader), at };
  }
  return left;
}

function parseUnary(reader: TokenReader): Expression {
  const at = reader.at;
  if (reader.acceptSymbol("+")) return parseUnary(reader);
  if (!reader.isSymbol("-")) return parseAtTimeZone(reader);
  reader.take();
  const next = reader.token;
  // A sign before a number is part of the number, so that -9223372036854775808 is a bigint.
  if (["integer", "decimal", "double"].includes(next.kind)) {
    const value = parseAtTimeZone(reader);
    if (value.kind === "integer" || value.kind === "decimal" || value.kind === "double") {
      return { ...value, value: `-${value.value}`, at };
    }
    return { kind: "negate", value, at };
  }
  return { kind: "negate", value: parseUnary(reader), at };
}

function parseAtTimeZone(reader: TokenReader): Expression {
  let value = parsePrimary(reader);
  while (reader.isWord("AT") && reader.peek(1).value === "TIME") {
    const { at } = reader.take();
    reader.expect("TIME", "ZONE");
    value = { kind: "atTimeZone", value, zone: parsePrimary(reader), at };
  }
  return value;
}
