import { QueryFailure } from "../parse/syntax-error.ts";
import type { Relation } from "../parse/syntax-tree.ts";
import { quoteString } from "../../sql/quote.ts";
import { bigint, displayType, fieldKey } from "../types/trino-type.ts";
import { columnSql, type Analysis } from "./analysis.ts";
import type { JoinSide } from "./join.ts";
import type { Field, Scope } from "./scope.ts";
import { union, type Typed } from "./typed.ts";

interface UnnestLeft {
  readonly relation: JoinSide;
  /** LEFT JOIN: a row without elements stays, with NULLs. */
  readonly keepAll: boolean;
}

/**
 * UNNEST, alone or behind the relation whose columns it unnests. DuckDB's `unnest` in the select list keeps the order of
 * the elements and fills shorter lists with NULLs, as Trino does.
 */
export function analyzeUnnest(
  unnest: Extract<Relation, { kind: "unnest" }>,
  left: UnnestLeft | undefined,
  outer: Scope,
  analysis: Analysis,
): JoinSide {
  const leftFields = left?.relation.fields ?? [];
  const scope: Scope = { fields: leftFields, parent: outer };
  const values = unnest.expressions.map((expression) => analysis.expression(expression, scope));
  const alias = analysis.alias();
  const items = leftFields.map((field, i) => `${field.sql} AS c${i}`);
  const fields = leftFields.map((field, i): Field => ({ ...field, sql: columnSql(alias, i) }));
  const reads = union(values.map((value) => value.reads));

  const lists = values.flatMap((value) => listsOf(value, unnest));
  const lengths = lists.map(({ sql }) => `coalesce(len(${sql}), 0)`);
  const longest = lengths.length === 1 ? (lengths[0] ?? "0") : `greatest(${lengths.join(", ")})`;
  const add = (sql: string) => items.push(`unnest(${sql}) AS c${items.length}`) - 1;
  for (const list of lists) {
    const sql = left?.keepAll ? `CASE WHEN ${longest} = 0 THEN [NULL] ELSE ${list.sql} END` : list.sql;
    fields.push(...list.fields(columnSql(alias, add(sql))));
  }
  if (unnest.ordinality) {
    const all = `generate_series(1, ${longest})`;
    const column = add(left?.keepAll ? `CASE WHEN ${longest} = 0 THEN [NULL] ELSE ${all} END` : all);
    fields.push(newField(bigint, columnSql(alias, column)));
  }
  const from = left ? ` FROM ${left.relation.sql}` : "";
  return {
    sql: `(SELECT ${items.join(", ")}${from}) ${alias}`,
    fields,
    reads: union([left?.relation.reads ?? new Set(), reads]),
  };
}

interface UnnestedList {
  readonly sql: string;
  readonly fields: (column: string) => Field[];
}

function newField(type: Field["type"], sql: string): Field {
  return { relation: [], type, sql, reads: new Set(), partitionOf: [] };
}

/** The lists that a value is unnested into: an array is one, a map two; rows give a column for each of their fields. */
function listsOf(value: Typed, unnest: Extract<Relation, { kind: "unnest" }>): UnnestedList[] {
  const { type, sql } = value;
  if (type.kind === "map") {
    return [
      { sql: `map_keys(${sql})`, fields: (column) => [newField(type.key, column)] },
      { sql: `map_values(${sql})`, fields: (column) => [newField(type.value, column)] },
    ];
  }
  if (type.kind !== "array") {
    throw new QueryFailure("TYPE_MISMATCH", `Cannot unnest type: ${displayType(type)}`, unnest.at);
  }
  const { element } = type;
  if (element.kind !== "row") return [{ sql, fields: (column) => [newField(element, column)] }];
  return [
    {
      sql,
      fields: (column) =>
        element.fields.map((field, i) => ({
          ...newField(field.type, `struct_extract(${column}, ${quoteString(fieldKey(field, i))})`),
          ...(field.name !== undefined && { name: field.name }),
        })),
    },
  ];
}
