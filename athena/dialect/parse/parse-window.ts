import type { FrameBound, SortItem, WindowSpecification } from "./syntax-tree.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads what follows ORDER BY. */
export function parseSortItems(reader: TokenReader): SortItem[] {
  return reader.commaSeparated(() => {
    const expression = reader.expression();
    const descending = reader.accept("DESC");
    if (!descending) reader.accept("ASC");
    if (!reader.accept("NULLS")) return { expression, descending };
    const nullsFirst = reader.accept("FIRST");
    if (!nullsFirst) reader.expect("LAST");
    return { expression, descending, nullsFirst };
  });
}

/** Reads what stands between the parentheses of OVER (...). */
export function parseWindowSpecification(reader: TokenReader): WindowSpecification {
  const named = reader.isIdentifier(0) && !reader.isWord("PARTITION", "ROWS", "RANGE", "GROUPS");
  const base = named ? { base: reader.identifier() } : {};
  const partitionBy = reader.accept("PARTITION", "BY")
    ? reader.commaSeparated(() => reader.expression())
    : [];
  const orderBy = reader.accept("ORDER", "BY") ? parseSortItems(reader) : [];
  if (!reader.isWord("RANGE", "ROWS", "GROUPS")) return { ...base, partitionBy, orderBy };
  const unit = reader.take().value as "RANGE" | "ROWS" | "GROUPS";
  if (!reader.accept("BETWEEN"))
    return { ...base, partitionBy, orderBy, frame: { unit, start: parseBound(reader) } };
  const start = parseBound(reader);
  reader.expect("AND");
  return { ...base, partitionBy, orderBy, frame: { unit, start, end: parseBound(reader) } };
}

function parseBound(reader: TokenReader): FrameBound {
  if (reader.accept("UNBOUNDED", "PRECEDING")) return { kind: "unboundedPreceding" };
  if (reader.accept("UNBOUNDED", "FOLLOWING")) return { kind: "unboundedFollowing" };
  if (reader.accept("CURRENT", "ROW")) return { kind: "currentRow" };
  const offset = reader.value();
  if (reader.accept("PRECEDING")) return { kind: "preceding", offset };
  reader.expect("FOLLOWING");
  return { kind: "following", offset };
}
