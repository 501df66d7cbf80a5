/** A text as a string literal whose value is exactly that text: SQL's rule, so for Athena and for DuckDB. */
export function quoteString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as a delimited identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
