import { Command } from "commander";
import type { AthenaValue } from "../../athena/client/values.ts";
import { costOf } from "../../athena/client/billing.ts";
import { pastExecutions, type PastExecution } from "./executions.ts";
import type { Io } from "./io.ts";
import { count } from "./option-values.ts";
import { wherePermitted } from "./permitted.ts";
import { answerOf } from "./rows.ts";
import { withFormat, withTarget } from "./target-options.ts";
import { findTarget, type TargetOptions } from "./target.ts";
import { assertFormatFits, writeAnswer, type Format } from "./write-answer.ts";

interface HistoryOptions extends TargetOptions {
  limit: number;
  format: Format;
}

const columns = {
  submitted: "timestamp",
  state: "varchar",
  query: "varchar",
  seconds: "double",
  bytes_scanned: "bigint",
  billed_bytes: "bigint",
  dollars: "double",
  query_execution_id: "varchar",
};

/** `sluice query history`: what was run lately, and what it cost. */
export function historyCommand(io: Io): Command {
  const command = new Command("history")
    .description("what was run lately, with its state, bytes and cost")
    .option("--limit <count>", "how many", count, 20)
    .action((options: HistoryOptions) => history(io, options));
  return withFormat(withTarget(command));
}

async function history(io: Io, options: HistoryOptions): Promise<void> {
  assertFormatFits(io, options.format);
  const target = await findTarget(options);
  try {
    const found = await wherePermitted(target.places, async ({ client, workgroup, region }) =>
      (await pastExecutions(client, workgroup, options.limit)).map((execution) => ({ ...execution, region })),
    );
    const rows = found
      .flat()
      .sort((a, b) => (b.submitted?.getTime() ?? 0) - (a.submitted?.getTime() ?? 0))
      .slice(0, options.limit)
      .map((execution) => rowOf(execution, execution.region));
    await writeAnswer(io, answerOf(columns, rows), options.format);
  } finally {
    target.close();
  }
}

function rowOf({ status, submitted, query }: PastExecution, region: string): AthenaValue[] {
  const { billedBytes, dollars } = costOf(status, region);
  return [
    submitted?.toISOString().slice(0, 19).replace("T", " ") ?? null,
    status.state,
    query,
    status.totalMilliseconds / 1000,
    status.bytesScanned ?? null,
    billedBytes,
    dollars ?? null,
    status.queryExecutionId,
  ];
}
