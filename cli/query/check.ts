import { Command, InvalidArgumentError } from "commander";
import { resolve } from "node:path";
import { existsSync } from "node:fs";
import { datasets } from "../../datasets/index.ts";
import { QueryFileError } from "../../athena/named-query/header.ts";
import { queriesOf } from "../../athena/named-query/library.ts";
import { UserError } from "../user-error.ts";
import { problemsOf } from "../../athena/check/check-query.ts";
import type { Io } from "./io.ts";
import { runCommand } from "./run.ts";
import { writeText } from "./write-answer.ts";

interface CheckOptions {
  folder?: string;
}

/** `sluice query check`: whether every named query keeps the rules. */
export function checkCommand(io: Io): Command {
  return new Command("check")
    .description("whether every named query keeps the rules, before it is deployed")
    .option("--folder <path>", "another folder than queries/, with a folder for each dataset", existingFolder)
    .action((options: CheckOptions) => check(io, options));
}

async function check(io: Io, { folder }: CheckOptions): Promise<void> {
  const { problems, count } = checkAll(io, folder);
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

/** Every problem of every dataset's queries. */
function checkAll(io: Io, folder: string | undefined): { problems: string[]; count: number } {
  const ownOptions = new Set(runCommand(io).options.map((option) => option.name().replaceAll("-", "_")));
  const problems: string[] = [];
  let count = 0;
  for (const dataset of datasets.keys()) {
    if (folder !== undefined && !existsSync(resolve(folder, dataset))) continue;
    try {
      for (const query of queriesOf(dataset, folder)) {
        count++;
        const found = problemsOf(query, ownOptions);
        problems.push(...found.map((problem) => `queries/${dataset}/${query.name}.sql: ${problem}`));
      }
    } catch (error) {
      if (!(error instanceof QueryFileError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { problems, count };
}

function existingFolder(path: string): string {
  if ([...datasets.keys()].some((dataset) => existsSync(resolve(path, dataset)))) return resolve(path);
  throw new InvalidArgumentError(`it has none of the folders ${[...datasets.keys()].join(", ")}.`);
}
