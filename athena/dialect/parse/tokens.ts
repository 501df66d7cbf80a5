import { lex, type Lexeme, type LexemeKind } from "../../sql/lexer.ts";
import type { Position } from "./position.ts";
import { StatementSyntaxError } from "./syntax-error.ts";

/** A token and where it stands; behind the last one comes `end`. */
export interface Token extends Omit<Lexeme, "kind"> {
  readonly kind: LexemeKind | "end";
  readonly at: Position;
}

/**
 * The tokens of a statement.
 * @throws {StatementSyntaxError} at a character that starts no token.
 */
export function tokenize(sql: string): Token[] {
  const lineStarts = [0, ...[...sql.matchAll(/\n/g)].map((match) => match.index + 1)];
  let line = 0;
  const positionOf = (offset: number): Position => {
    while ((lineStarts[line + 1] ?? Infinity) <= offset) line++;
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
  };
  const tokens: Token[] = lex(sql).map((lexeme) => {
    const at = positionOf(lexeme.start);
    if (lexeme.kind === "unknown") throw new StatementSyntaxError(at, problemOf(lexeme.text));
    return { ...lexeme, at };
  });
  const end = sql.length;
  return [...tokens, { kind: "end", text: "<EOF>", value: "", at: positionOf(end), start: end, end }];
}

function problemOf(text: string): string {
  return /^\d/.test(text)
    ? "identifiers must not start with a digit; surround the identifier with double quotes"
    : `mismatched input '${text[0]}'`;
}
