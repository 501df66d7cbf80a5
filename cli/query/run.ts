import { Command } from "commander";
import { QueryError } from "../../athena/client/errors.ts";
import { runQuery } from "../../athena/client/run.ts";
import type { QueryStatus } from "../../athena/client/status.ts";
import { costOf } from "../../athena/client/billing.ts";
import { progressOn } from "../progress.ts";
import { bytesText, secondsText, summaryText } from "./amounts.ts";
import { chartRequest, writeWithChart } from "./chart-option.ts";
import type { Io } from "./io.ts";
import { assertCostAtMost } from "./max-cost.ts";
import { namedValues } from "./named-values.ts";
import { dollars, durationSeconds, reuseMinutes } from "./option-values.ts";
import { statementOf } from "./statement.ts";
import { withFormat, withTarget } from "./target-options.ts";
import { findTarget, type TargetOptions } from "./target.ts";
import { assertFormatFits, writeAnswer, type Format } from "./write-answer.ts";

interface RunOptions extends TargetOptions {
  sql?: string;
  file?: string;
  localFile?: boolean;
  format: Format;
  chart?: string | true;
  timeout?: number;
  reuse?: number;
  maxCost?: number;
}

/** `sluice query run`: runs a query, and writes the answer. */
export function runCommand(io: Io): Command {
  const command = new Command("run")
    .description("run a named query, or SQL of your own")
    .argument("[name]", "the query's name; its parameters follow as --name value")
    .argument("[parameters...]", "such as --period 'last 7 days'")
    .option("--sql <text>", "run this statement")
    .option("--file <path>", "run the statement in a file")
    .option(
      "--local-file",
      "run the named query that the program here declares, not the one that is deployed",
    )
    .option("--chart [where]", "draw: bar or line in the terminal, or a file .svg or .png")
    .option("--timeout <time>", "stop the query when it takes longer: 90s, 5m", durationSeconds)
    .option("--reuse <age>", "take an earlier answer of the same statement: 60m, 2h, 7d", reuseMinutes)
    .option("--max-cost <dollars>", "refuse to start what may cost more", dollars)
    .allowUnknownOption()
    .action((name: string | undefined, words: string[], options: RunOptions) =>
      run(io, name, words, options),
    );
  return withFormat(withTarget(command));
}

async function run(io: Io, name: string | undefined, words: string[], options: RunOptions): Promise<void> {
  const isOption = name?.startsWith("-") === true;
  const values = namedValues(isOption && name !== undefined ? [name, ...words] : words);
  const chart = chartRequest(options.chart, options.format);
  assertFormatFits(io, options.format);

  const target = await findTarget(options);
  const { isLocal } = target;
  let region = "us-east-1";
  const progress = progressOn(io.stderr);
  let last: QueryStatus | undefined;
  try {
    const statement = await statementOf(target, { ...options, name: isOption ? undefined : name, values });
    const { client, workgroup, database } = statement.place;
    region = statement.place.region;
    if (options.maxCost !== undefined) await assertCostAtMost(client, workgroup, region, options.maxCost);

    const result = await runQuery(statement.sql, {
      client,
      workgroup,
      database,
      executionParameters: statement.executionParameters,
      reuseMinutes: options.reuse,
      timeoutSeconds: options.timeout,
      signal: io.interrupted(),
      onStatus: (status) => {
        last = status;
        progress.show(statusText(status));
      },
    });
    progress.clear();
    const answer = { columns: result.columns, rows: result.arrays() };
    if (chart) await writeWithChart(io, answer, chart, { ...statement, format: options.format });
    else await writeAnswer(io, answer, options.format, statement.chart);
    progress.say(summaryText(result.status, costOf(result.status, region), isLocal));
  } catch (error) {
    progress.clear();
    // What was scanned is billed, whatever came of it.
    const status = error instanceof QueryError ? error.status : last;
    if (status) progress.say(summaryText(status, costOf(status, region), isLocal));
    throw error;
  } finally {
    target.close();
  }
}

function statusText({ state, totalMilliseconds, queueMilliseconds, bytesScanned }: QueryStatus): string {
  const scanned = bytesScanned === undefined ? "" : `, ${bytesText(bytesScanned)} scanned so far`;
  return `${state} ${secondsText(totalMilliseconds)}, ${secondsText(queueMilliseconds)} queued${scanned}`;
}
