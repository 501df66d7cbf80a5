import { Command, Option } from "commander";
import { writeDeadLetters } from "../producer/dead-letters.ts";
import type { Undelivered } from "../producer/deliver.ts";
import { sendEvents, type EventProblem, type SendSummary } from "../producer/send-events.ts";
import { interrupted } from "./interrupted.ts";
import { progressOn } from "./progress.ts";
import { findTarget } from "./send/find-sink.ts";
import { checkSource, findSource } from "./send/find-source.ts";
import { sendFollowed } from "./send/follow-job.ts";
import { refuseIdleOptions } from "./send/idle-options.ts";
import { SendReport } from "./send/report.ts";
import { count, rate, share, type SendCommandOptions } from "./send/send-options.ts";
import { UserError } from "./user-error.ts";

/** `sluice send`: events from files, standard input or a generator into a pipeline. */
export function sendCommand(): Command {
  return new Command("send")
    .argument(
      "[inputs...]",
      "files and globs: NDJSON, CSV, access logs in combined format, each plain or gzip; - is standard input",
    )
    .option("--pipeline <name>", "the pipeline that takes them, where the stack has several")
    .option("--dataset <name>", "what the events are, where the stack has several pipelines")
    .option("--stack <name>", "whose pipeline takes them; local is the emulator", "local")
    .addOption(
      new Option("--to <sink>", "where they go in")
        .choices(["kinesis", "firehose", "http"])
        .default("kinesis"),
    )
    .option("--url <url>", "with --to http: the endpoint. Default: the stack's")
    .option("--api-key <key>", "with --to http. Default: the variable SLUICE_API_KEY")
    .option("--generate <count>", "send a realistic sample in place of files", count)
    .option("--seed <text>", "another sample", "1")
    .option("--malformed-share <share>", "the share of malformed events in the sample", share, 0)
    .option("--rate <events>", "how many events of the sample a second", rate)
    .option("--from <file>", "send the events of a dead-letter file again")
    .option("--follow", "go on with one file as it grows, across rotation, until Ctrl-C")
    .option(
      "--checkpoint <file>",
      "with --follow: where it is kept how far was sent. Default: in .sluice/checkpoints",
    )
    .option("--csv", "with -: standard input is CSV")
    .addOption(
      new Option(
        "--invalid <what>",
        "an event that does not fit the dataset: send it, for a row with NULLs or the error output, or not",
      )
        .choices(["pass-on", "reject"])
        .default(undefined, "pass-on; reject with --to http"),
    )
    .option("--dead-letters <file>", "gets what was given up. Default: <dataset>.dead-letters.ndjson")
    .option("--json", "print the summary as JSON")
    .action(send);
}

async function send(inputs: string[], options: SendCommandOptions, command: Command): Promise<void> {
  refuseIdleOptions(inputs, options, (name) => command.getOptionValueSource(name) === "cli");
  const sources = await checkSource(inputs, options);
  const { signal } = interrupted();
  const progress = progressOn(process.stderr);
  signal.addEventListener("abort", () =>
    progress.say("Interrupted: what was read is still sent. Ctrl-C again ends at once and loses it."),
  );
  const report = new SendReport(progress);
  const { dataset, sink } = await findTarget(options);
  const deadLetterFile = options.deadLetters ?? `${dataset.name}.dead-letters.ndjson`;
  const source = options.follow === true ? undefined : await findSource(sources, dataset, options, signal);
  const sendOptions = {
    dataset,
    sink,
    signal,
    onInvalid: options.invalid ?? (options.to === "http" ? "reject" : "pass-on"),
    // A sample has malformed events on purpose.
    ...(options.generate === undefined && {
      onProblem: (problem: EventProblem) => report.onProblem(problem),
    }),
    onProgress: (summary: SendSummary) => report.onProgress(summary),
    onUndelivered: async (undelivered: readonly Undelivered[]) => {
      await writeDeadLetters(deadLetterFile, undelivered);
      report.onUndelivered(undelivered, deadLetterFile);
    },
  };
  let summary: SendSummary;
  try {
    summary = source
      ? await sendEvents(await source.open(), sendOptions)
      : await sendFollowed(sources[0] ?? "", sendOptions, options.checkpoint);
    if (!signal.aborted) await source?.done();
  } catch (error) {
    throw source?.ifItFails === undefined
      ? error
      : new UserError(`${(error as Error).message}\n${source.ifItFails}`, 1);
  } finally {
    progress.clear();
    sink.close();
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify(report.json(summary), null, 2)}\n`);
  else process.stdout.write(report.text(summary, sink.name));
  process.exitCode = exitCodeOf(summary, options, signal);
}

/** 130 after Ctrl-C, which ends a --follow as it should; 1 when an event was bad or given up; a sample has bad ones. */
function exitCodeOf(summary: SendSummary, options: SendCommandOptions, signal: AbortSignal): number {
  if (signal.aborted && options.follow !== true) return 130;
  const bad = options.generate === undefined ? summary.rejected + summary.passedOn : 0;
  return summary.undelivered + bad > 0 ? 1 : 0;
}
