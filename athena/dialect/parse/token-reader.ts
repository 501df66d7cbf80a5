import { QueryFailure, StatementSyntaxError } from "./syntax-error.ts";
import { isReserved } from "./reserved-words.ts";
import type { Expression, Query } from "./syntax-tree.ts";
import type { Position } from "./position.ts";
import { tokenize, type Token } from "./tokens.ts";

/** The rules that other rules call recursively. */
export interface GrammarRules {
  expression(reader: TokenReader): Expression;
  value(reader: TokenReader): Expression;
  primary(reader: TokenReader): Expression;
  query(reader: TokenReader): Query;
}

/** Reads tokens from left to right; the parsers are written in its words. */
export class TokenReader {
  readonly sql: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #parameters = 0;
  readonly #rules: GrammarRules;

  constructor(sql: string, rules: GrammarRules) {
    this.sql = sql;
    this.#rules = rules;
    this.#tokens = tokenize(sql);
  }

  get token(): Token {
    return this.#tokens[this.#next] ?? (this.#tokens.at(-1) as Token);
  }

  get at(): Position {
    return this.token.at;
  }

  get parameterCount(): number {
    return this.#parameters;
  }

  /** The index of the next `?`, counted from 0. */
  nextParameter(): number {
    return this.#parameters++;
  }

  peek(ahead: number): Token {
    return this.#tokens[this.#next + ahead] ?? (this.#tokens.at(-1) as Token);
  }

  take(): Token {
    const token = this.token;
    this.#next++;
    return token;
  }

  /** Where the reader is, to come back with `rewind`. */
  mark(): { next: number; parameters: number } {
    return { next: this.#next, parameters: this.#parameters };
  }

  rewind(mark: { next: number; parameters: number }): void {
    this.#next = mark.next;
    this.#parameters = mark.parameters;
  }

  isWord(...words: string[]): boolean {
    return this.token.kind === "word" && words.includes(this.token.value);
  }

  isSymbol(...symbols: string[]): boolean {
    return this.token.kind === "symbol" && symbols.includes(this.token.value);
  }

  /** Takes the words if they all come next. */
  accept(...words: string[]): boolean {
    const all = words.every((word, i) => {
      const token = this.peek(i);
      return token.kind === "word" && token.value === word;
    });
    if (all) this.#next += words.length;
    return all;
  }

  acceptSymbol(symbol: string): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.#next++;
    return found;
  }

  expect(...words: string[]): void {
    for (const word of words) if (!this.accept(word)) throw this.mismatch(`'${word}'`);
  }

  expectSymbol(symbol: string): void {
    if (!this.acceptSymbol(symbol)) throw this.mismatch(`'${symbol}'`);
  }

  /** A column's, table's or function's name, in lower case: Trino's names have no case. */
  identifier(): string {
    const token = this.token;
    if (token.kind === "backquoted") {
      throw new StatementSyntaxError(
        token.at,
        "backquoted identifiers are not supported; use double quotes to quote identifiers",
      );
    }
    if (!this.isIdentifier(0)) throw this.mismatch("<identifier>");
    return this.take().value.toLowerCase();
  }

  isIdentifier(ahead: number): boolean {
    const { kind, value } = this.peek(ahead);
    return kind === "quoted" || (kind === "word" && !isReserved(value));
  }

  qualifiedName(): string[] {
    const parts = [this.identifier()];
    while (this.acceptSymbol(".")) parts.push(this.identifier());
    return parts;
  }

  string(): string {
    if (this.token.kind !== "string") throw this.mismatch("<string>");
    return this.take().value;
  }

  commaSeparated<T>(read: () => T): T[] {
    const items = [read()];
    while (this.acceptSymbol(",")) items.push(read());
    return items;
  }

  parenthesized<T>(read: () => T): T {
    this.expectSymbol("(");
    const value = read();
    this.expectSymbol(")");
    return value;
  }

  expression(): Expression {
    return this.#rules.expression(this);
  }

  /** What stands beside a comparison. */
  value(): Expression {
    return this.#rules.value(this);
  }

  primary(): Expression {
    return this.#rules.primary(this);
  }

  query(): Query {
    return this.#rules.query(this);
  }

  /** Whether a query comes next, after any number of opening parentheses. */
  startsQuery(): boolean {
    let ahead = 0;
    while (this.peek(ahead).kind === "symbol" && this.peek(ahead).value === "(") ahead++;
    const { kind, value } = this.peek(ahead);
    return kind === "word" && ["SELECT", "WITH", "VALUES", "TABLE"].includes(value);
  }

  mismatch(expected: string): StatementSyntaxError {
    const { text, at } = this.token;
    return new StatementSyntaxError(at, `mismatched input '${text}'. Expecting: ${expected}`);
  }

  /** For syntax that Athena knows and the local Athena does not run: the query fails, it is no syntax error. */
  refuse(what: string): QueryFailure {
    return new QueryFailure("NOT_SUPPORTED", `the local Athena does not run ${what}`, this.at);
  }
}
