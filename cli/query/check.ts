import { Command } from "commander";
import { QueryFileError } from "../../athena/named-query/header.ts";
import { problemsOf } from "../../athena/check/check-query.ts";
import { UserError } from "../user-error.ts";
import { declaredQueries } from "./chosen-query.ts";
import type { Io } from "./io.ts";
import { runCommand } from "./run.ts";
import { writeText } from "./write-answer.ts";

interface CheckOptions {
  stack?: string;
}

/** `sluice query check`: whether every named query keeps the rules. */
export function checkCommand(io: Io): Command {
  return new Command("check")
    .description(
      "whether every named query that the program here declares keeps the rules, before it is deployed",
    )
    .option("--stack <name>", "the stack whose pipelines are looked at", "local")
    .action((options: CheckOptions) => check(io, options));
}

async function check(io: Io, { stack }: CheckOptions): Promise<void> {
  const { problems, count } = await checkAll(io, stack);
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

/** Every problem of every pipeline's queries. A file that can't be read ends the program, with all such problems. */
async function checkAll(io: Io, stack?: string): Promise<{ problems: string[]; count: number }> {
  const ownOptions = new Set(runCommand(io).options.map((option) => option.name().replaceAll("-", "_")));
  try {
    const queries = await declaredQueries(stack, {});
    const problems = queries.flatMap(({ query, pipeline }) =>
      problemsOf(query, pipeline.declared.dataset, ownOptions).map(
        (problem) => `${pipeline.name}/${query.name}: ${problem}`,
      ),
    );
    return { problems, count: queries.length };
  } catch (error) {
    if (!(error instanceof QueryFileError)) throw error;
    return { problems: [...error.problems], count: 0 };
  }
}
