import { partitionColumn, type Dataset } from "../../schema/dataset.ts";
import { QueryFailure, StatementSyntaxError } from "../dialect/parse/syntax-error.ts";
import type { NamedQuery } from "../named-query/named-query.ts";
import { factsOf, type QueryFacts } from "./facts.ts";

/**
 * What is wrong with a named query, besides its header, which its reader checks.
 * @param dataset what it is about.
 * @param ownOptions names that a parameter can't have, as `sluice query run` takes them for itself.
 */
export function problemsOf(
  query: NamedQuery,
  dataset: Dataset,
  ownOptions: ReadonlySet<string> = new Set(),
): string[] {
  const problems = query.parameters
    .filter(({ name }) => ownOptions.has(name))
    .map(({ name }) => `parameter "${name}" is an option of \`sluice query run\`. Rename it.`);
  let facts: QueryFacts;
  try {
    facts = factsOf(query, dataset);
  } catch (error) {
    if (!(error instanceof QueryFailure || error instanceof StatementSyntaxError)) throw error;
    return [...problems, error.message];
  }
  if (facts.selectsAll) {
    problems.push("SELECT * reads every column, and Athena bills for each. List the columns.");
  }
  if (!facts.prunesPartitions) {
    problems.push(
      `no predicate on ${partitionColumn} for every reading of the table: it would read all that ever arrived.\n` +
        `Write WHERE ${partitionColumn} BETWEEN ? AND ?, with a parameter of type period.`,
    );
  }
  for (const [role, column] of Object.entries({
    x: query.chart?.x,
    y: query.chart?.y,
    series: query.chart?.series,
  })) {
    if (column !== undefined && !facts.columns.includes(column)) {
      problems.push(`chart: ${role}=${column} is no column of the answer: ${facts.columns.join(", ")}.`);
    }
  }
  return problems;
}
