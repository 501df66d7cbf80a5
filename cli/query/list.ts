import { Command } from "commander";
import type { NamedQuery, Parameter } from "../../athena/named-query/named-query.ts";
import { deployedQueries } from "../../athena/client/deployed.ts";
import { declaredQueries } from "./chosen-query.ts";
import { pastExecutions } from "./executions.ts";
import type { Io } from "./io.ts";
import { wherePermitted } from "./permitted.ts";
import { answerOf } from "./rows.ts";
import { withFormat, withTarget } from "./target-options.ts";
import { findTarget, type TargetOptions } from "./target.ts";
import { assertFormatFits, writeAnswer, type Format } from "./write-answer.ts";

interface ListOptions extends TargetOptions {
  localFile?: boolean;
  format: Format;
}

const columns = {
  name: "varchar",
  dataset: "varchar",
  description: "varchar",
  parameters: "varchar",
  last_run: "timestamp",
};

const { name, ...rest } = columns;
const withPipeline = { name, pipeline: "varchar", ...rest };

/** How far back the last runs are looked for: one page of the workgroup's history. */
const historyDepth = 50;

/** `sluice query list`: the named queries. */
export function listCommand(io: Io): Command {
  const command = new Command("list")
    .description("the named queries: what they tell, their parameters, when they ran last")
    .option("--local-file", "those that the program here declares, not those that are deployed")
    .action((options: ListOptions) => list(io, options));
  return withFormat(withTarget(command));
}

async function list(io: Io, options: ListOptions): Promise<void> {
  assertFormatFits(io, options.format);
  const listed = options.localFile
    ? (await declaredQueries(options.stack, options)).map(({ query, pipeline }): Listed => ({
        query,
        pipeline: pipeline.name,
      }))
    : await deployed(options);
  // Where each pipeline is called as its dataset, one name says both.
  const areSame = listed.every(({ query, pipeline }) => pipeline === undefined || pipeline === query.dataset);
  const rows = listed.map(({ query, pipeline, lastRun }) => [
    query.name,
    ...(areSame ? [] : [pipeline ?? null]),
    query.dataset === "" ? null : query.dataset,
    query.description,
    query.parameters.map(parameterText).join(", "),
    lastRun?.toISOString().slice(0, 19).replace("T", " ") ?? null,
  ]);
  await writeAnswer(io, answerOf(areSame ? columns : withPipeline, rows), options.format);
}

interface Listed {
  readonly query: NamedQuery;
  readonly pipeline?: string | undefined;
  readonly lastRun?: Date | undefined;
}

async function deployed(options: TargetOptions): Promise<Listed[]> {
  const target = await findTarget(options);
  try {
    const lists = await wherePermitted(target.places, async (place) => {
      const { client, pipeline } = place;
      const [queries, past] = await Promise.all([
        deployedQueries(client, place),
        pastExecutions(client, place.workgroup, historyDepth),
      ]);
      return queries.map((query) => ({
        query,
        pipeline,
        lastRun: past.find((execution) => execution.isNamed && execution.query === query.name)?.submitted,
      }));
    });
    return lists.flat();
  } finally {
    target.close();
  }
}

/** A parameter as its header has it: `limit int = 20`. */
export function parameterText({ name, type, default: given }: Parameter): string {
  if (given === undefined) return `${name} ${type}`;
  return `${name} ${type} = ${type === "string" ? `'${given}'` : given}`;
}
