import { Command } from "commander";
import { localStack, programPipelines } from "../program.ts";
import type { Io } from "../query/io.ts";
import { answerOf } from "../query/rows.ts";
import { withFormat } from "../query/target-options.ts";
import { assertFormatFits, writeAnswer, type Format } from "../query/write-answer.ts";

const columns = {
  dataset: "varchar",
  pipeline: "varchar",
  columns: "integer",
  event_time: "varchar",
  event_id: "varchar",
  session_id: "varchar",
  partitions: "varchar",
  time_zone: "varchar",
  since: "varchar",
  description: "varchar",
};

/** `sluice dataset list`: the datasets that the program here declares, one row for each pipeline. */
export function listCommand(io: Io): Command {
  const command = new Command("list")
    .description("the datasets that the program here declares, with their pipelines")
    .option("--stack <name>", "the stack whose program is evaluated", localStack)
    .action(async ({ stack, format }: { stack: string; format: Format }) => {
      assertFormatFits(io, format);
      const pipelines = await programPipelines(stack);
      const rows = pipelines.map(({ name, declared: { dataset } }) => [
        dataset.name,
        name,
        dataset.columns.length,
        dataset.eventTime,
        dataset.eventId,
        dataset.sessionId ?? null,
        dataset.partitioning,
        dataset.timeZone,
        dataset.since,
        dataset.description,
      ]);
      await writeAnswer(io, answerOf(columns, rows), format);
    });
  return withFormat(command);
}
