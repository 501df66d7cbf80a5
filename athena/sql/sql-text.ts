/** A stretch of SQL text: code, or what a reader of code must skip. */
export interface SqlPart {
  readonly kind: "code" | "string" | "identifier" | "comment";
  readonly text: string;
}

/** Comments, strings with '' for a quote, and quoted identifiers, as Trino's grammar (SqlBase.g4) has them. */
const skipped = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)/g;

/** Splits SQL into code and what is no code. The texts of the parts joined are the SQL again. */
export function sqlPartsOf(sql: string): SqlPart[] {
  const parts: SqlPart[] = [];
  let end = 0;
  for (const match of sql.matchAll(skipped)) {
    if (match.index > end) parts.push({ kind: "code", text: sql.slice(end, match.index) });
    parts.push({ kind: kindOf(match[0]), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < sql.length) parts.push({ kind: "code", text: sql.slice(end) });
  return parts;
}

function kindOf(text: string): SqlPart["kind"] {
  if (text.startsWith("'")) return "string";
  return text.startsWith('"') ? "identifier" : "comment";
}

/** How many `?` placeholders a statement has. A `?` in a string, an identifier or a comment is none. */
export function placeholderCount(sql: string): number {
  return sqlPartsOf(sql)
    .filter(({ kind }) => kind === "code")
    .reduce((count, { text }) => count + text.split("?").length - 1, 0);
}

/** The statement without its comments and without white space around it. */
export function withoutComments(sql: string): string {
  return sqlPartsOf(sql)
    .map(({ kind, text }) => (kind === "comment" ? "" : text))
    .join("")
    .trim();
}
