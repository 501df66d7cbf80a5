import { QueryFailure } from "../parse/syntax-error.ts";
import type { Position } from "../parse/position.ts";

/**
 * A JSON path of members and indexes (`$.a.b[0]`, `$["a b"]`, with `lax` in front) as DuckDB writes it.
 * @throws {QueryFailure} INVALID_FUNCTION_ARGUMENT, or NOT_SUPPORTED for wildcards, filters and the like.
 */
export function duckdbJsonPath(text: string, at: Position): string {
  const trimmed = text.trim().replace(/^lax\s+/, "");
  if (!trimmed.startsWith("$")) {
    throw new QueryFailure("INVALID_FUNCTION_ARGUMENT", `Invalid JSON path: '${text}'`, at);
  }
  const step = /\.([A-Za-z_][A-Za-z0-9_]*)|\."((?:[^"\\]|\\.)*)"|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;
  let path = "$";
  step.lastIndex = 1;
  while (step.lastIndex < trimmed.length) {
    const start = step.lastIndex;
    const found = step.exec(trimmed);
    if (!found) {
      throw new QueryFailure(
        "NOT_SUPPORTED",
        `the local Athena does not know '${trimmed.slice(start)}' in a JSON path`,
        at,
      );
    }
    const member = found[1] ?? found[2] ?? found[4];
    path += member === undefined ? `[${found[3]}]` : `."${member}"`;
  }
  return path;
}
