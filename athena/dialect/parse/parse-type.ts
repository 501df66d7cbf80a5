import type { TypeNode } from "./type-node.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads a type: `varchar(10)`, `array(row(a integer))`, `timestamp(3) with time zone`, `integer array`. */
export function parseType(reader: TokenReader): TypeNode {
  let type = parsePrimary(reader);
  while (reader.isWord("ARRAY")) {
    reader.take();
    type = { name: "array", arguments: [{ type }], at: type.at };
  }
  return type;
}

function parsePrimary(reader: TokenReader): TypeNode {
  const at = reader.at;
  if (reader.accept("INTERVAL")) {
    const from = reader.take().value;
    const to = reader.accept("TO") ? reader.take().value : from;
    const name = ["YEAR", "MONTH"].includes(to) ? "interval year to month" : "interval day to second";
    return { name, arguments: [], at };
  }
  if (reader.accept("DOUBLE", "PRECISION")) return { name: "double", arguments: [], at };

  const name = reader.identifier();
  const typeArguments: TypeNode["arguments"] =
    name === "row"
      ? reader.parenthesized(() => reader.commaSeparated(() => parseRowField(reader)))
      : parseArguments(reader, name);
  if ((name === "timestamp" || name === "time") && reader.isWord("WITH", "WITHOUT")) {
    const withZone = reader.accept("WITH");
    if (!withZone) reader.expect("WITHOUT");
    reader.expect("TIME", "ZONE");
    return { name: withZone ? `${name} with time zone` : name, arguments: typeArguments, at };
  }
  return { name, arguments: typeArguments, at };
}

function parseRowField(reader: TokenReader): { field?: string; type: TypeNode } {
  const next = reader.peek(1);
  const unnamed = next.kind === "symbol" && next.value !== "<";
  if (unnamed) return { type: parseType(reader) };
  return { field: reader.identifier(), type: parseType(reader) };
}

function parseArguments(reader: TokenReader, name: string): TypeNode["arguments"] {
  if (reader.acceptSymbol("<")) {
    const types = reader.commaSeparated(() => ({ type: parseType(reader) }));
    reader.expectSymbol(">");
    return types;
  }
  if (!reader.isSymbol("(")) return [];
  return reader.parenthesized(() =>
    reader.commaSeparated(() => {
      if (reader.token.kind === "integer") return Number(reader.take().value);
      if (name === "array" || name === "map") return { type: parseType(reader) };
      throw reader.mismatch("<integer>");
    }),
  );
}
