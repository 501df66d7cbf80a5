import type { Expression, SortItem } from "../parse/syntax-tree.ts";
import { checkOrderable } from "./equality.ts";
import type { Typed } from "./typed.ts";

type Sortable = Pick<Typed, "sql" | "type" | "reads" | "instantSql"> & Partial<Typed>;

/** ORDER BY's items. NULLs come last unless the statement says otherwise, ascending or not: Trino's rule. */
export function sortSql<Part extends Sortable>(
  items: readonly SortItem[],
  analyze: (expression: Expression) => Part,
): { sql: string; parts: Part[] } {
  const parts: Part[] = [];
  const sqls = items.map(({ expression, descending, nullsFirst }) => {
    const part = analyze(expression);
    checkOrderable(part.type, expression.at);
    parts.push(part);
    return `${part.instantSql ?? part.sql} ${descending ? "DESC" : "ASC"} NULLS ${nullsFirst ? "FIRST" : "LAST"}`;
  });
  return { sql: sqls.join(", "), parts };
}
