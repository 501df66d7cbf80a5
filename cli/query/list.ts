import { Command } from "commander";
import { datasets } from "../../datasets/index.ts";
import { queriesOf } from "../../athena/named-query/library.ts";
import type { NamedQuery, Parameter } from "../../athena/named-query/named-query.ts";
import { UserError } from "../user-error.ts";
import { deployedQueries } from "./deployed.ts";
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

/** How far back the last runs are looked for: one page of the workgroup's history. */
const historyDepth = 50;

/** `sluice query list`: the questions that can be asked by name. */
export function listCommand(io: Io): Command {
  const command = new Command("list")
    .description("the named queries: what they tell, their parameters, when they ran last")
    .option("--local-file", "those that lie in queries/, not those that are deployed")
    .action((options: ListOptions) => list(io, options));
  return withFormat(withTarget(command));
}

async function list(io: Io, options: ListOptions): Promise<void> {
  assertFormatFits(io, options.format);
  const listed = options.localFile ? localQueries(options.dataset) : await deployed(options);
  const rows = listed.map(({ query, lastRun }) => [
    query.name,
    query.dataset === "" ? null : query.dataset,
    query.description,
    query.parameters.map(parameterText).join(", "),
    lastRun?.toISOString().slice(0, 19).replace("T", " ") ?? null,
  ]);
  await writeAnswer(io, answerOf(columns, rows), options.format);
}

interface Listed {
  readonly query: NamedQuery;
  readonly lastRun?: Date;
}

function localQueries(dataset: string | undefined): Listed[] {
  if (dataset !== undefined && !datasets.has(dataset)) {
    throw new UserError(`no dataset "${dataset}". There are ${[...datasets.keys()].join(", ")}.`);
  }
  const names = dataset === undefined ? [...datasets.keys()] : [dataset];
  return names.flatMap((name) => queriesOf(name)).map((query) => ({ query }));
}

async function deployed(options: TargetOptions): Promise<Listed[]> {
  const { client, places } = await findTarget(options);
  try {
    const lists = await wherePermitted(places, async (place) => {
      const [queries, past] = await Promise.all([
        deployedQueries(client, place),
        pastExecutions(client, place.workgroup, historyDepth),
      ]);
      return queries.map((query) => ({
        query,
        lastRun: past.find((execution) => execution.isNamed && execution.query === query.name)?.submitted,
      }));
    });
    return lists.flat();
  } finally {
    client.destroy();
  }
}

/** A parameter as its header has it: `limit int = 20`. */
export function parameterText({ name, type, default: given }: Parameter): string {
  if (given === undefined) return `${name} ${type}`;
  return `${name} ${type} = ${type === "string" ? `'${given}'` : given}`;
}
