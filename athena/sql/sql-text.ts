import { lex, type Lexeme } from "./lexer.ts";

/** The statement with each token as `spell` writes it; white space and comments between tokens become one blank. */
export function respell(sql: string, spell: (lexeme: Lexeme) => string): string {
  let end = 0;
  return lex(sql)
    .map((lexeme) => {
      const gap = end > 0 && lexeme.start > end ? " " : "";
      end = lexeme.end;
      return gap + spell(lexeme);
    })
    .join("");
}

/** The statement on one line, without its comments. */
export function withoutComments(sql: string): string {
  return respell(sql, ({ text }) => text);
}

/** How many `?` placeholders a statement has. A `?` in a string, an identifier or a comment is none. */
export function placeholderCount(sql: string): number {
  return lex(sql).filter(({ kind, text }) => kind === "symbol" && text === "?").length;
}
