import { parseCall, specialCalls } from "./parse-call.ts";
import { parseType } from "./parse-type.ts";
import type { Expression } from "./syntax-tree.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads what binds tightest: literals, names, calls, CASE, CAST, and what hangs on them by `.` and `[]`. */
export function parsePrimary(reader: TokenReader): Expression {
  let value = parseStart(reader);
  for (;;) {
    const at = reader.at;
    if (reader.acceptSymbol("[")) {
      const index = reader.expression();
      reader.expectSymbol("]");
      value = { kind: "subscript", base: value, index, at };
    } else if (reader.isSymbol(".") && reader.isIdentifier(1)) {
      reader.take();
      value = { kind: "dereference", base: value, field: reader.identifier(), at };
    } else {
      return value;
    }
  }
}

const intervalFields = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"];

function parseStart(reader: TokenReader): Expression {
  const { kind, value, at } = reader.token;
  switch (kind) {
    case "integer":
    case "decimal":
    case "double":
    case "string":
    case "binary":
      reader.take();
      return { kind, value, at };
    case "symbol":
      if (value === "?") {
        reader.take();
        return { kind: "parameter", index: reader.nextParameter(), at };
      }
      if (value === "(") return parseParenthesis(reader);
      break;
    case "word": {
      const keyword = parseKeyword(reader);
      if (keyword) return keyword;
      break;
    }
    default:
      break;
  }
  if (!reader.isIdentifier(0)) throw reader.mismatch("<expression>");
  return parseNamed(reader);
}

function parseKeyword(reader: TokenReader): Expression | undefined {
  const { value, at } = reader.token;
  const next = reader.peek(1);
  const opens = next.value === "(" && next.kind === "symbol";
  switch (value) {
    case "NULL":
      reader.take();
      return { kind: "null", at };
    case "TRUE":
    case "FALSE":
      reader.take();
      return { kind: "boolean", value: value === "TRUE", at };
    case "CASE":
      return parseCase(reader);
    case "EXISTS":
      reader.take();
      return { kind: "exists", query: reader.parenthesized(() => reader.query()), at };
    case "CAST":
    case "TRY_CAST":
      return opens ? parseCast(reader) : undefined;
    case "INTERVAL":
      return next.kind === "string" || next.value === "-" || next.value === "+"
        ? parseInterval(reader)
        : undefined;
    case "ARRAY":
      return next.value === "[" ? parseArray(reader) : undefined;
    case "ROW":
      if (!opens) return undefined;
      reader.take();
      return {
        kind: "row",
        items: reader.parenthesized(() => reader.commaSeparated(() => reader.expression())),
        at,
      };
    default:
      return specialCalls(reader);
  }
}

function parseParenthesis(reader: TokenReader): Expression {
  const at = reader.at;
  const lambda = parseLambda(reader);
  if (lambda) return lambda;
  reader.expectSymbol("(");
  if (reader.startsQuery()) {
    const mark = reader.mark();
    const nested = reader.isSymbol("(");
    const query = reader.query();
    if (!nested || reader.isSymbol(")")) {
      reader.expectSymbol(")");
      return { kind: "subquery", query, at };
    }
    // `((SELECT 1) + 1)` starts like a query too.
    reader.rewind(mark);
  }
  const items = reader.commaSeparated(() => reader.expression());
  reader.expectSymbol(")");
  const [only] = items;
  return items.length === 1 && only ? only : { kind: "row", items, at };
}

/** `(a, b) -> ...` or `() -> ...`: told from a parenthesis by the arrow behind it. */
function parseLambda(reader: TokenReader): Expression | undefined {
  const mark = reader.mark();
  const at = reader.at;
  reader.expectSymbol("(");
  const parameters: string[] = [];
  while (reader.isIdentifier(0)) {
    parameters.push(reader.identifier());
    if (!reader.acceptSymbol(",")) break;
  }
  if (reader.acceptSymbol(")") && reader.acceptSymbol("->")) {
    return { kind: "lambda", parameters, body: reader.expression(), at };
  }
  reader.rewind(mark);
  return undefined;
}

function parseNamed(reader: TokenReader): Expression {
  const at = reader.at;
  const next = reader.peek(1);
  if (next.kind === "symbol" && next.value === "->") {
    const parameter = reader.identifier();
    reader.take();
    return { kind: "lambda", parameters: [parameter], body: reader.expression(), at };
  }
  if (next.kind === "string" && reader.token.kind === "word") {
    const type = parseType(reader);
    return { kind: "typed", type, value: reader.string(), at };
  }
  if (reader.token.value === "DOUBLE" && next.value === "PRECISION" && reader.peek(2).kind === "string") {
    const type = parseType(reader);
    return { kind: "typed", type, value: reader.string(), at };
  }
  if (next.kind === "symbol" && next.value === "(") return parseCall(reader);
  return { kind: "name", name: reader.identifier(), at };
}

function parseCase(reader: TokenReader): Expression {
  const { at } = reader.take();
  const operand = reader.isWord("WHEN") ? {} : { operand: reader.expression() };
  const branches: { when: Expression; then: Expression }[] = [];
  while (reader.accept("WHEN")) {
    const when = reader.expression();
    reader.expect("THEN");
    branches.push({ when, then: reader.expression() });
  }
  if (branches.length === 0) throw reader.mismatch("'WHEN'");
  const otherwise = reader.accept("ELSE") ? { otherwise: reader.expression() } : {};
  reader.expect("END");
  return { kind: "case", ...operand, branches, ...otherwise, at };
}

function parseCast(reader: TokenReader): Expression {
  const { at, value: word } = reader.take();
  return reader.parenthesized(() => {
    const value = reader.expression();
    reader.expect("AS");
    return { kind: "cast", value, type: parseType(reader), safe: word === "TRY_CAST", at };
  });
}

function parseArray(reader: TokenReader): Expression {
  const { at } = reader.take();
  reader.expectSymbol("[");
  const items = reader.isSymbol("]") ? [] : reader.commaSeparated(() => reader.expression());
  reader.expectSymbol("]");
  return { kind: "array", items, at };
}

function parseInterval(reader: TokenReader): Expression {
  const { at } = reader.take();
  const negative = reader.acceptSymbol("-");
  if (!negative) reader.acceptSymbol("+");
  const value = reader.string();
  const field = () => {
    if (!reader.isWord(...intervalFields))
      throw reader.mismatch(intervalFields.map((f) => `'${f}'`).join(", "));
    return reader.take().value;
  };
  const from = field();
  const to = reader.accept("TO") ? { to: field() } : {};
  return { kind: "interval", negative, value, from, ...to, at };
}
