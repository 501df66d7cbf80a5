import { QueryFailure } from "../parse/syntax-error.ts";
import type { Relation } from "../parse/syntax-tree.ts";
import { columnSql, type Analysis, type AnalyzedQuery } from "./analysis.ts";
import { analyzeJoin, type JoinSide } from "./join.ts";
import { pathColumn, readOf } from "./scan.ts";
import { varchar } from "../types/trino-type.ts";
import { findCommonTable, type Field, type Scope } from "./scope.ts";
import { analyzeUnnest } from "./unnest.ts";

/** Something that FROM names. */
export type AnalyzedRelation = JoinSide;

/** Analyzes what follows FROM. `outer` is what surrounds the query. */
export function analyzeRelation(relation: Relation, outer: Scope, analysis: Analysis): AnalyzedRelation {
  switch (relation.kind) {
    case "table":
      return analyzeTable(relation, outer, analysis);
    case "subqueryRelation":
      return fromQuery(analysis.query(relation.query, { fields: [], parent: outer }), [], analysis);
    case "unnest":
      return analyzeUnnest(relation, undefined, outer, analysis);
    case "alias":
      return renamed(analyzeRelation(relation.relation, outer, analysis), relation);
    case "join": {
      const left = analyzeRelation(relation.left, outer, analysis);
      const unnest = unnestOf(relation.right);
      if (unnest) return joinUnnest(relation, left, unnest, outer, analysis);
      // LATERAL sees what stands left of it; any other subquery does not.
      const lateral = isLateral(relation.right);
      const rightOuter: Scope = lateral ? { fields: left.fields, parent: outer } : outer;
      const right = analyzeRelation(relation.right, rightOuter, analysis);
      return analyzeJoin(relation, left, right, lateral, outer, analysis);
    }
  }
}

function isLateral(relation: Relation): boolean {
  if (relation.kind === "alias") return isLateral(relation.relation);
  return relation.kind === "subqueryRelation" && relation.lateral;
}

interface UnnestRight {
  readonly unnest: Extract<Relation, { kind: "unnest" }>;
  readonly alias?: Extract<Relation, { kind: "alias" }>;
}

function unnestOf(relation: Relation): UnnestRight | undefined {
  if (relation.kind === "unnest") return { unnest: relation };
  if (relation.kind === "alias" && relation.relation.kind === "unnest")
    return { unnest: relation.relation, alias: relation };
  return undefined;
}

function joinUnnest(
  join: Extract<Relation, { kind: "join" }>,
  left: AnalyzedRelation,
  { unnest, alias }: UnnestRight,
  outer: Scope,
  analysis: Analysis,
): AnalyzedRelation {
  const always = join.on?.kind === "boolean" && join.on.value;
  const plain = join.type === "CROSS" || ((join.type === "LEFT" || join.type === "INNER") && always);
  if (!plain) {
    throw new QueryFailure(
      "NOT_SUPPORTED",
      `${join.type} JOIN involving UNNEST is only supported with condition ON TRUE`,
      join.at,
    );
  }
  const joined = analyzeUnnest(unnest, { relation: left, keepAll: join.type === "LEFT" }, outer, analysis);
  if (!alias) return joined;
  const count = left.fields.length;
  const added = renamed({ ...joined, fields: joined.fields.slice(count) }, alias);
  return { ...joined, fields: [...joined.fields.slice(0, count), ...added.fields] };
}

function analyzeTable(
  { name, at }: Extract<Relation, { kind: "table" }>,
  outer: Scope,
  analysis: Analysis,
): AnalyzedRelation {
  const binding = name.length === 1 ? findCommonTable(outer, name[0] ?? "") : undefined;
  if (binding) {
    // Each reference is planned anew, as Trino does; a WITH query that is named twice is read twice.
    const query = analysis.query(binding.query, binding.scope);
    const relation = fromQuery(query, [name[0] ?? ""], analysis);
    if (!binding.columns) return relation;
    return renamed(relation, { alias: name[0] ?? "", columns: binding.columns, at });
  }
  const table = analysis.options.findTable(name, at);
  const scan = analysis.addScan(table);
  const alias = analysis.alias();
  const partitionKeys = new Set(table.partitionKeys.map((key) => key.name));
  const fields = [...table.columns, ...table.partitionKeys].map((column, i): Field => ({
    name: column.name,
    relation: [table.database, table.name],
    type: column.type,
    sql: columnSql(alias, i),
    reads: partitionKeys.has(column.name) ? new Set() : new Set([readOf(scan, column.name)]),
    partitionOf: partitionKeys.has(column.name) ? [{ scan, column: column.name }] : [],
  }));
  fields.push({
    name: pathColumn,
    relation: [table.database, table.name],
    type: varchar,
    sql: columnSql(alias, fields.length),
    reads: new Set([readOf(scan, pathColumn)]),
    partitionOf: [],
    hidden: true,
  });
  return { sql: `${scan.placeholder} ${alias}`, fields, reads: new Set() };
}

function fromQuery(query: AnalyzedQuery, relation: readonly string[], analysis: Analysis): AnalyzedRelation {
  const alias = analysis.alias();
  const fields = query.columns.map((column, i): Field => ({ ...column, relation, sql: columnSql(alias, i) }));
  return { sql: `(${query.sql}) ${alias}`, fields, reads: query.reads };
}

function renamed(
  relation: AnalyzedRelation,
  { alias, columns, at }: Pick<Extract<Relation, { kind: "alias" }>, "alias" | "columns" | "at">,
): AnalyzedRelation {
  // Hidden columns are lost where all others get new names.
  const kept = columns ? relation.fields.filter((field) => !field.hidden) : relation.fields;
  if (columns && columns.length !== kept.length) {
    const problem = `Column alias list has ${columns.length} entries but '${alias}' has ${kept.length} columns available`;
    throw new QueryFailure("MISMATCHED_COLUMN_ALIASES", problem, at);
  }
  const fields = kept.map((field, i): Field => {
    const name = columns?.[i] ?? field.name;
    return { ...field, relation: [alias], ...(name !== undefined && { name }) };
  });
  return { ...relation, fields };
}
