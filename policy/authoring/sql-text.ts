import type { Lexeme } from "../../athena/sql/lexer.ts";
import { respell } from "../../athena/sql/sql-text.ts";

/**
 * The SQL without comments and without the text of string literals: enough to look for words. Words are in capitals and
 * quoted names in small letters, so that a quoted name is never taken for a keyword.
 */
function words(sql: string): string {
  return respell(sql, spelling);
}

function spelling({ kind, text, value }: Lexeme): string {
  if (kind === "string") return "''";
  if (kind === "quoted" || kind === "backquoted") return value.toLowerCase().replaceAll(/[^a-z0-9_]/g, "_");
  return kind === "word" ? value : text;
}

/** Whether the text reads a table: MSCK REPAIR, DDL and SHOW scan none. */
export function readsTable(sql: string): boolean {
  return /\bSELECT\b[\s\S]*\bFROM\b/.test(words(sql));
}

/** Whether a WHERE, or a join's ON, names one of the columns. */
export function filtersOn(sql: string, columns: readonly string[]): boolean {
  const names = columns.map((column) => column.replaceAll(/\W/g, "")).join("|");
  // Up to the next clause: a column that is grouped or ordered by filters nothing.
  const clauses = words(sql).split(
    /\b(?:GROUP\s+BY|ORDER\s+BY|HAVING|LIMIT|UNION|INTERSECT|EXCEPT|SELECT)\b/,
  );
  const filter = new RegExp(`\\b(?:${names})\\b`, "i");
  return clauses.some((clause) => filter.test(/\b(?:WHERE|ON)\b([\s\S]*)/.exec(clause)?.[1] ?? ""));
}

/**
 * Whether the query reads all columns of a table. `SELECT *` of a subquery or of a WITH clause is none: the columns
 * are named there.
 */
export function selectsStarOfTable(sql: string): boolean {
  const text = words(sql);
  const named = new Set(
    [...text.matchAll(/\b(\w+)(?:\s*\([^()]*\))?\s+AS\s*\(/g)].map(([, name]) => name?.toUpperCase()),
  );
  return [
    ...text.matchAll(
      /\bSELECT\s+(?:DISTINCT\s+|ALL\s+)?(?:\w+\s*\.\s*)?\*(?:\s*,[^()]*?)?\s+FROM\s+([\w.]+|\()/g,
    ),
  ].some(([, source]) => source !== "(" && !named.has(source?.toUpperCase()));
}
