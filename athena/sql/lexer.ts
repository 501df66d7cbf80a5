export type LexemeKind =
  | "word"
  | "quoted"
  | "backquoted"
  | "string"
  | "integer"
  | "decimal"
  | "double"
  | "binary"
  | "symbol"
  | "unknown";

/** One token of a statement: no white space, no comment. */
export interface Lexeme {
  readonly kind: LexemeKind;
  /** As written. */
  readonly text: string;
  /** Words in upper case, strings and quoted names without their quotes, symbols as written. */
  readonly value: string;
  /** Offset of the first character in the statement. */
  readonly start: number;
  /** Offset behind the last character. */
  readonly end: number;
}

const patterns: readonly { kind: LexemeKind | "space"; pattern: RegExp }[] = [
  { kind: "space", pattern: /(?:\s+|--[^\r\n]*|\/\*[\s\S]*?\*\/)+/y },
  { kind: "binary", pattern: /[xX]'[^']*'/y },
  { kind: "string", pattern: /'(?:[^']|'')*'/y },
  { kind: "quoted", pattern: /"(?:[^"]|"")*"/y },
  { kind: "backquoted", pattern: /`(?:[^`]|``)*`/y },
  { kind: "double", pattern: /(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+/y },
  { kind: "decimal", pattern: /\d+\.\d*|\.\d+/y },
  { kind: "unknown", pattern: /\d+[A-Za-z_][A-Za-z0-9_]*/y },
  { kind: "integer", pattern: /\d+/y },
  { kind: "word", pattern: /[A-Za-z_][A-Za-z0-9_]*/y },
  // What is opened and never closed swallows the rest.
  { kind: "unknown", pattern: /['"`][^]*/y },
  { kind: "symbol", pattern: /->|=>|<>|!=|<=|>=|\|\||[-+*/%=<>(),.;?[\]:]/y },
  { kind: "unknown", pattern: /[^]/y },
];

/**
 * Splits a statement by the lexer rules of Trino's grammar (SqlBase.g4), which Athena's engine version 3 uses. What the
 * rules do not know is `unknown`: the reader decides whether it matters.
 */
export function lex(sql: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  for (let start = 0; start < sql.length;) {
    const { kind, text } = matchAt(sql, start);
    const end = start + text.length;
    if (kind !== "space") lexemes.push({ kind, text, value: valueOf(kind, text), start, end });
    start = end;
  }
  return lexemes;
}

function matchAt(sql: string, offset: number): { kind: LexemeKind | "space"; text: string } {
  for (const { kind, pattern } of patterns) {
    pattern.lastIndex = offset;
    const text = pattern.exec(sql)?.[0];
    if (text !== undefined) return { kind, text };
  }
  throw new Error("unreachable: the last pattern takes any character");
}

function valueOf(kind: LexemeKind, text: string): string {
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
