import { parseSortItems, parseWindowSpecification } from "./parse-window.ts";
import type { Call, Expression, WindowSpecification } from "./syntax-tree.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads `name(...)` with DISTINCT, ORDER BY, FILTER, IGNORE NULLS and OVER. */
export function parseCall(reader: TokenReader): Call {
  const at = reader.at;
  const name = reader.identifier();
  reader.expectSymbol("(");
  let distinct = false;
  let star = false;
  let callArguments: Expression[] = [];
  let orderBy: Call["orderBy"] = [];
  if (reader.acceptSymbol("*")) star = true;
  else if (!reader.isSymbol(")")) {
    distinct = reader.accept("DISTINCT");
    if (!distinct) reader.accept("ALL");
    callArguments = reader.commaSeparated(() => reader.expression());
    if (reader.accept("ORDER", "BY")) orderBy = parseSortItems(reader);
  }
  reader.expectSymbol(")");
  return { kind: "call", name, arguments: callArguments, star, distinct, orderBy, ...parseTail(reader), at };
}

function parseTail(reader: TokenReader): Pick<Call, "filter" | "ignoreNulls" | "over"> {
  let filter: Expression | undefined;
  if (reader.isWord("FILTER") && reader.peek(1).value === "(") {
    reader.take();
    filter = reader.parenthesized(() => {
      reader.expect("WHERE");
      return reader.expression();
    });
  }
  const ignoreNulls = reader.accept("IGNORE", "NULLS");
  if (!ignoreNulls) reader.accept("RESPECT", "NULLS");
  const over = parseOver(reader);
  return { ignoreNulls, ...(filter && { filter }), ...(over !== undefined && { over }) };
}

function parseOver(reader: TokenReader): WindowSpecification | string | undefined {
  const opens = reader.peek(1).value === "(" || reader.isIdentifier(1);
  if (!reader.isWord("OVER") || !opens) return undefined;
  reader.take();
  if (!reader.isSymbol("(")) return reader.identifier();
  return reader.parenthesized(() => parseWindowSpecification(reader));
}

const withoutParentheses = new Set([
  "CURRENT_DATE",
  "CURRENT_TIME",
  "CURRENT_TIMESTAMP",
  "LOCALTIME",
  "LOCALTIMESTAMP",
  "CURRENT_USER",
  "CURRENT_CATALOG",
  "CURRENT_SCHEMA",
]);

/** Calls with a syntax of their own. @returns nothing when the reader stands before none of them. */
export function specialCalls(reader: TokenReader): Expression | undefined {
  const { value, at } = reader.token;
  if (withoutParentheses.has(value)) {
    reader.take();
    if (value !== "CURRENT_DATE" && reader.isSymbol("(")) throw reader.refuse(`${value} with a precision`);
    return simpleCall(value.toLowerCase(), [], at);
  }
  const opens = reader.peek(1).kind === "symbol" && reader.peek(1).value === "(";
  if (!opens) return undefined;
  switch (value) {
    case "EXTRACT":
      reader.take();
      return reader.parenthesized(() => {
        const field = reader.identifier();
        reader.expect("FROM");
        return { kind: "extract", field, value: reader.value(), at };
      });
    case "GROUPING":
      reader.take();
      return {
        kind: "grouping",
        names: reader.parenthesized(() => reader.commaSeparated(() => reader.primary())),
        at,
      };
    case "TRIM":
      reader.take();
      return reader.parenthesized(() => parseTrim(reader, at));
    case "SUBSTRING":
      return parseSubstring(reader);
    case "POSITION":
      reader.take();
      return reader.parenthesized(() => {
        const part = reader.value();
        reader.expect("IN");
        return simpleCall("strpos", [reader.value(), part], at);
      });
    case "LISTAGG":
      return parseListagg(reader);
    case "JSON_VALUE":
    case "JSON_EXISTS":
      reader.take();
      return reader.parenthesized(() => {
        const json = reader.expression();
        reader.expectSymbol(",");
        const path = reader.primary();
        if (!reader.isSymbol(")")) throw reader.refuse(`${value} with options`);
        return simpleCall(value.toLowerCase(), [json, path], at);
      });
    case "JSON_QUERY":
    case "JSON_OBJECT":
    case "JSON_ARRAY":
    case "NORMALIZE":
      throw reader.refuse(value);
    default:
      return undefined;
  }
}

function simpleCall(name: string, callArguments: Expression[], at: Call["at"]): Call {
  return {
    kind: "call",
    name,
    arguments: callArguments,
    star: false,
    distinct: false,
    orderBy: [],
    ignoreNulls: false,
    at,
  };
}

function parseTrim(reader: TokenReader, at: Call["at"]): Expression {
  const side = reader.isWord("LEADING", "TRAILING", "BOTH") ? reader.take().value : "BOTH";
  const name = { LEADING: "ltrim", TRAILING: "rtrim", BOTH: "trim" }[side] as string;
  if (reader.accept("FROM")) return simpleCall(name, [reader.value()], at);
  const first = reader.value();
  if (reader.accept("FROM")) return simpleCall(name, [reader.value(), first], at);
  if (reader.acceptSymbol(",")) return simpleCall(name, [first, reader.value()], at);
  return simpleCall(name, [first], at);
}

function parseSubstring(reader: TokenReader): Expression {
  const { at } = reader.take();
  return reader.parenthesized(() => {
    const parts = [reader.expression()];
    if (reader.accept("FROM")) {
      parts.push(reader.value());
      if (reader.accept("FOR")) parts.push(reader.value());
    } else {
      while (reader.acceptSymbol(",")) parts.push(reader.expression());
    }
    return simpleCall("substring", parts, at);
  });
}

function parseListagg(reader: TokenReader): Expression {
  const { at } = reader.take();
  reader.expectSymbol("(");
  const distinct = reader.accept("DISTINCT");
  const value = reader.expression();
  const separator: Expression = reader.acceptSymbol(",")
    ? { kind: "string", at: reader.at, value: reader.string() }
    : { kind: "string", value: "", at };
  if (reader.accept("ON", "OVERFLOW")) {
    if (!reader.accept("ERROR")) throw reader.refuse("LISTAGG with ON OVERFLOW TRUNCATE");
  }
  reader.expectSymbol(")");
  reader.expect("WITHIN", "GROUP");
  const orderBy = reader.parenthesized(() => {
    reader.expect("ORDER", "BY");
    return parseSortItems(reader);
  });
  const call = simpleCall("listagg", [value, separator], at);
  return { ...call, distinct, orderBy, ...parseTail(reader) };
}
