import { Command } from "commander";
import { partitionColumn } from "../../schema/dataset.ts";
import { datasets } from "../../datasets/index.ts";
import { QueryFailure, StatementSyntaxError } from "../../athena/dialect/parse/syntax-error.ts";
import { placeholderCountOf, type NamedQuery } from "../../athena/named-query/named-query.ts";
import { factsOf } from "../../athena/check/facts.ts";
import { chooseLocalQuery, chooseQuery, type ChosenQuery } from "./chosen-query.ts";
import type { Io } from "./io.ts";
import { parameterText } from "./list.ts";
import { literalsOf } from "./statement.ts";
import { withTarget } from "./target-options.ts";
import { findTarget, type TargetOptions } from "./target.ts";
import { writeText } from "./write-answer.ts";

interface ShowOptions extends TargetOptions {
  localFile?: boolean;
}

/** `sluice query show`: a query's text, and what it reads. */
export function showCommand(io: Io): Command {
  const command = new Command("show")
    .description(
      "a named query: its SQL, parameters, the columns that it reads, the partitions that it prunes by",
    )
    .argument("<name>", "the query's name")
    .option("--local-file", "the one that lies in queries/, not the one that is deployed")
    .action((name: string, options: ShowOptions) => show(io, name, options));
  return withTarget(command);
}

async function show(io: Io, name: string, options: ShowOptions): Promise<void> {
  const query = options.localFile
    ? chooseLocalQuery(name, options.dataset)
    : (await deployed(name, options)).query;
  await writeText(io, [describe(query)]);
}

async function deployed(name: string, options: TargetOptions): Promise<ChosenQuery> {
  const target = await findTarget(options);
  try {
    return await chooseQuery(target, name, false);
  } finally {
    target.client.destroy();
  }
}

/** The query for people: what it tells, how it is called, what it reads, its text. */
function describe(query: NamedQuery): string {
  const { name, dataset, description, parameters, chart, sql } = query;
  const lines = [
    `${dataset === "" ? "" : `${dataset}/`}${name}`,
    description,
    "",
    ...(parameters.length > 0 ? ["Parameters"] : []),
    ...parameters.map((parameter) => `  --${parameterText(parameter)}  ${parameter.description}`),
    ...columnsReadBy(query),
    ...prunedBy(query),
    ...(chart ? [`Picture: ${chart.kind} of ${chart.y} by ${chart.x}`] : []),
  ];
  return `${lines.join("\n")}\n\n${sql.trimEnd()}\n`;
}

/** The columns that it reads; nothing where its text can't be analyzed here, as of a query made by hand. */
function columnsReadBy(query: NamedQuery): string[] {
  const dataset = datasets.get(query.dataset);
  if (!dataset) return [];
  try {
    return [`Columns read: ${factsOf(query, dataset).columnsRead.join(", ")}`];
  } catch (error) {
    if (error instanceof QueryFailure || error instanceof StatementSyntaxError) return [];
    throw error;
  }
}

/** The partitions that the defaults of its period select. */
function prunedBy(query: NamedQuery): string[] {
  const index = query.parameters.findIndex(({ type }) => type === "period");
  const period = query.parameters[index];
  if (!period || query.parameters.some((parameter) => parameter.default === undefined)) return [];
  const before = query.parameters.slice(0, index).reduce((sum, each) => sum + placeholderCountOf(each), 0);
  const [first, last] = literalsOf(query, {}).slice(before);
  return [
    `Partitions: ${partitionColumn} BETWEEN ${first} AND ${last}, with ${period.name} = ${period.default}`,
  ];
}
