import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { problemsOf } from "../../athena/check/check-query.ts";
import { QueryFileError } from "../../athena/named-query/header.ts";
import { queriesOf } from "../../athena/named-query/library.ts";
import type { NamedQuery } from "../../athena/named-query/named-query.ts";
import type { DeclaredPipeline } from "../../pipelines/from-plan.ts";
import { localStack, programPipelines } from "../program.ts";
import { UserError } from "../user-error.ts";
import type { Io } from "./io.ts";
import { runCommand } from "./run.ts";
import { writeText } from "./write-answer.ts";

interface CheckOptions {
  stack: string;
  folder?: string;
}

/** `sluice query check`: whether every named query keeps the rules. */
export function checkCommand(io: Io): Command {
  return new Command("check")
    .description(
      "whether every named query that the program here declares keeps the rules, before it is deployed",
    )
    .option("--stack <name>", "the stack whose pipelines are looked at", localStack)
    .option("--folder <path>", "queries that are not declared yet: a folder with one for each dataset")
    .action((options: CheckOptions) => check(io, options));
}

async function check(io: Io, { stack, folder }: CheckOptions): Promise<void> {
  const ownOptions = new Set(runCommand(io).options.map((option) => option.name().replaceAll("-", "_")));
  const problems: string[] = [];
  let count = 0;
  try {
    const pipelines = await programPipelines(stack);
    for (const { pipeline, queries } of queriesToCheck(pipelines, folder)) {
      count += queries.length;
      for (const query of queries) {
        const found = problemsOf(query, pipeline.declared.dataset, ownOptions);
        problems.push(...found.map((problem) => `${pipeline.name}/${query.name}.sql: ${problem}`));
      }
    }
  } catch (error) {
    // A file that can't be read ends the program that reads it, with all such problems.
    if (!(error instanceof QueryFileError)) throw error;
    problems.push(...error.problems);
  }
  if (problems.length === 0) {
    await writeText(io, [`${count} named queries keep the rules.\n`]);
    return;
  }
  await writeText(
    io,
    problems.map((problem) => `${problem}\n`),
  );
  throw new UserError(`${problems.length} problems in the named queries.`, 1);
}

interface QueriesOfPipeline {
  readonly pipeline: DeclaredPipeline;
  readonly queries: readonly NamedQuery[];
}

function queriesToCheck(
  pipelines: readonly DeclaredPipeline[],
  folder: string | undefined,
): Iterable<QueriesOfPipeline> {
  if (folder === undefined) {
    return pipelines.map((pipeline) => ({ pipeline, queries: pipeline.declared.queries }));
  }
  const found = pipelines
    .map((pipeline) => ({ pipeline, path: join(resolve(folder), pipeline.dataset) }))
    .filter(({ path }) => existsSync(path));
  if (found.length === 0) {
    const names = [...new Set(pipelines.map(({ dataset }) => dataset))].join(", ");
    throw new UserError(`--folder ${folder}: it has none of the folders ${names}.`);
  }
  return found.map(({ pipeline, path }) => ({
    pipeline,
    queries: queriesOf(pipeline.declared.dataset, path),
  }));
}
