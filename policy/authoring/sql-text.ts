/**
 * The SQL without comments and without the text of string literals, in lower case: enough to look for words. Quoted
 * names lose their quotes.
 */
function words(sql: string): string {
  return sql
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (found) => (found.startsWith("'") ? "''" : " "))
    .replaceAll('"', "")
    .toLowerCase();
}

/** Whether the text reads a table: MSCK REPAIR, DDL and SHOW scan none. */
export function readsTable(sql: string): boolean {
  return /\bselect\b[\s\S]*\bfrom\b/.test(words(sql));
}

/** Whether a WHERE, or a join's ON, names one of the columns. */
export function filtersOn(sql: string, columns: readonly string[]): boolean {
  const names = columns.map((column) => column.toLowerCase().replace(/[^a-z0-9_]/g, "")).join("|");
  // Up to the next clause: a column that is grouped or ordered by filters nothing.
  const clauses = words(sql).split(
    /\b(?:group\s+by|order\s+by|having|limit|union|intersect|except|select)\b/,
  );
  const filter = new RegExp(`\\b(where|on)\\b[\\s\\S]*\\b(${names})\\b`);
  return clauses.some((clause) => filter.test(clause));
}

/**
 * Whether the query reads all columns of a table. `SELECT *` of a subquery or of a WITH clause is none: the columns
 * are named there.
 */
export function selectsStarOfTable(sql: string): boolean {
  const text = words(sql);
  const named = new Set(
    [...text.matchAll(/\b([a-z0-9_]+)(?:\s*\([^()]*\))?\s+as\s*\(/g)].map(([, name]) => name),
  );
  return [
    ...text.matchAll(
      /\bselect\s+(?:distinct\s+|all\s+)?(?:[a-z0-9_]+\s*\.\s*)?\*(?:\s*,[^()]*?)?\s+from\s+([a-z0-9_.]+|\()/g,
    ),
  ].some(([, source]) => source !== "(" && !named.has(source));
}
