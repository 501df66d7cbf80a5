import type { Position } from "./position.ts";
import { StatementSyntaxError } from "./syntax-error.ts";

export type TokenKind =
  | "word"
  | "quoted"
  | "backquoted"
  | "string"
  | "integer"
  | "decimal"
  | "double"
  | "binary"
  | "symbol"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** Words in upper case, strings and quoted names without their quotes, symbols as written. */
  readonly value: string;
  readonly at: Position;
  /** Offset of the first character in the statement. */
  readonly start: number;
  /** Offset behind the last character. */
  readonly end: number;
}

const patterns: readonly { kind: TokenKind | "space"; pattern: RegExp }[] = [
  { kind: "space", pattern: /(?:\s+|--[^\r\n]*|\/\*[\s\S]*?\*\/)+/y },
  { kind: "binary", pattern: /[xX]'[^']*'/y },
  { kind: "string", pattern: /'(?:[^']|'')*'/y },
  { kind: "quoted", pattern: /"(?:[^"]|"")*"/y },
  { kind: "backquoted", pattern: /`(?:[^`]|``)*`/y },
  { kind: "double", pattern: /(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+/y },
  { kind: "decimal", pattern: /\d+\.\d*|\.\d+/y },
  { kind: "integer", pattern: /\d+/y },
  { kind: "word", pattern: /[A-Za-z_][A-Za-z0-9_]*/y },
  { kind: "symbol", pattern: /->|=>|<>|!=|<=|>=|\|\||[-+*/%=<>(),.;?[\]:]/y },
];

/**
 * Splits a statement into tokens by the lexer rules of Trino's grammar (SqlBase.g4), which Athena's engine version 3
 * uses.
 * @throws {StatementSyntaxError} at a character that starts no token.
 */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  const lineStarts = [0, ...[...sql.matchAll(/\n/g)].map((match) => match.index + 1)];
  let line = 0;
  const positionOf = (offset: number): Position => {
    while ((lineStarts[line + 1] ?? Infinity) <= offset) line++;
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
  };

  let offset = 0;
  while (offset < sql.length) {
    const found = matchAt(sql, offset);
    const at = positionOf(offset);
    if (!found) throw new StatementSyntaxError(at, `mismatched input '${sql[offset]}'`);
    const { kind, text } = found;
    const end = offset + text.length;
    if (kind !== "space") {
      if (kind === "integer" && /[A-Za-z_]/.test(sql[end] ?? "")) {
        throw new StatementSyntaxError(
          at,
          "identifiers must not start with a digit; surround the identifier with double quotes",
        );
      }
      tokens.push({ kind, text, value: valueOf(kind, text), at, start: offset, end });
    }
    offset = end;
  }
  tokens.push({
    kind: "end",
    text: "<EOF>",
    value: "",
    at: positionOf(sql.length),
    start: offset,
    end: offset,
  });
  return tokens;
}

function matchAt(sql: string, offset: number): { kind: TokenKind | "space"; text: string } | undefined {
  for (const { kind, pattern } of patterns) {
    pattern.lastIndex = offset;
    const text = pattern.exec(sql)?.[0];
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}

function valueOf(kind: TokenKind, text: string): string {
  switch (kind) {
    case "word":
      return text.toUpperCase();
    case "string":
      return text.slice(1, -1).replaceAll("''", "'");
    case "quoted":
      return text.slice(1, -1).replaceAll('""', '"');
    case "backquoted":
      return text.slice(1, -1).replaceAll("``", "`");
    case "binary":
      return text.slice(2, -1).replaceAll(/\s/g, "");
    default:
      return text;
  }
}
