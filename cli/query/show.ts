import { Command } from "commander";
import { partitionColumn } from "../../schema/dataset.ts";
import { QueryFailure, StatementSyntaxError } from "../../athena/dialect/parse/syntax-error.ts";
import { executionParametersOf } from "../../athena/named-query/execution-parameters.ts";
import { placeholderCountOf, type NamedQuery } from "../../athena/named-query/named-query.ts";
import { factsOf } from "../../athena/check/facts.ts";
import type { Dataset } from "../../schema/dataset.ts";
import { chooseDeclaredQuery, chooseQuery } from "./chosen-query.ts";
import type { Io } from "./io.ts";
import { parameterText } from "./list.ts";
import { withTarget } from "./target-options.ts";
import { datasetAt, findTarget, type TargetOptions } from "./target.ts";
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
    .option("--local-file", "the one that the program here declares, not the one that is deployed")
    .action((name: string, options: ShowOptions) => show(io, name, options));
  return withTarget(command);
}

async function show(io: Io, name: string, options: ShowOptions): Promise<void> {
  const { query, dataset } = await (options.localFile ? declared(name, options) : deployed(name, options));
  await writeText(io, [describe(query, dataset)]);
}

/** A query, and what it is about; of a query made by hand nothing may say that. */
interface Shown {
  readonly query: NamedQuery;
  readonly dataset?: Dataset | undefined;
}

async function declared(name: string, options: TargetOptions): Promise<Shown> {
  const { query, pipeline } = await chooseDeclaredQuery(name, options.stack, options);
  return { query, dataset: pipeline.declared.dataset };
}

async function deployed(name: string, options: TargetOptions): Promise<Shown> {
  const target = await findTarget(options);
  try {
    const { query, place } = await chooseQuery(target, name);
    return { query, dataset: await datasetAt(place).catch(unlessUnknown) };
  } finally {
    target.close();
  }
}

/** Kinds of failure by which a query's dataset stays unknown; its text can be shown all the same. */
const unknownDataset = [
  "DeployedDatasetError",
  "TableParametersError",
  "AccessDeniedException",
  "MetadataException",
];

function unlessUnknown(error: unknown): undefined {
  if (!unknownDataset.includes((error as Error).name)) throw error;
}

/** The query for people: what it tells, how it is called, what it reads, its text. */
function describe(query: NamedQuery, dataset: Dataset | undefined): string {
  const { name, description, parameters, chart, sql } = query;
  const lines = [
    `${query.dataset === "" ? "" : `${query.dataset}/`}${name}`,
    description,
    "",
    ...(parameters.length > 0 ? ["Parameters"] : []),
    ...parameters.map((parameter) => `  --${parameterText(parameter)}  ${parameter.description}`),
    ...columnsReadBy(query, dataset),
    ...prunedBy(query, dataset),
    ...(chart ? [`Picture: ${chart.kind} of ${chart.y} by ${chart.x}`] : []),
  ];
  return `${lines.join("\n")}\n\n${sql.trimEnd()}\n`;
}

/** The columns that it reads; nothing where its text can't be analyzed here, as of a query made by hand. */
function columnsReadBy(query: NamedQuery, dataset: Dataset | undefined): string[] {
  if (!dataset) return [];
  try {
    return [`Columns read: ${factsOf(query, dataset).columnsRead.join(", ")}`];
  } catch (error) {
    if (error instanceof QueryFailure || error instanceof StatementSyntaxError) return [];
    throw error;
  }
}

/** The partitions that the defaults of its period select. */
function prunedBy(query: NamedQuery, dataset: Dataset | undefined): string[] {
  const index = query.parameters.findIndex(({ type }) => type === "period");
  const period = query.parameters[index];
  if (!period || !dataset || query.parameters.some((parameter) => parameter.default === undefined)) return [];
  const before = query.parameters.slice(0, index).reduce((sum, each) => sum + placeholderCountOf(each), 0);
  const [first, last] = executionParametersOf(query, {}, { dataset }).slice(before);
  return [
    `Partitions: ${partitionColumn} BETWEEN ${first} AND ${last}, with ${period.name} = ${period.default}`,
  ];
}
