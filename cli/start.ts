import { Command, InvalidArgumentError, Option } from "commander";
import { evaluateStack } from "../plan/evaluate.ts";
import { LocalStack } from "../testing/local-stack.ts";
import { publishEndpoints, stateFolderOf } from "./local/endpoints-file.ts";
import { resetStateFolder } from "../local/state/state-folder.ts";
import { chosenPipelines } from "../pipelines/choose.ts";
import { declaredPipelines, type DeclaredPipeline } from "../pipelines/from-plan.ts";
import { keepPorts, portChoices } from "../local/state/ports.ts";
import { shorteningText } from "./start/delivering.ts";
import { progressOn } from "./progress.ts";
import { openEvents, runJob } from "./start/job.ts";
import type { JobResult } from "./start/report.ts";
import { renderReport } from "./start/render-report.ts";
import { Stopwatch } from "./start/stopwatch.ts";
import { interrupted } from "./interrupted.ts";

interface StartOptions {
  stack: string;
  pipeline?: string;
  dataset?: string;
  input?: string;
  events?: number;
  seed: string;
  json?: boolean;
  serve?: boolean;
  kinesisPort?: number;
  firehosePort?: number;
  httpPort?: number;
  athenaPort?: number;
  bufferingInterval: number | "declared";
}

/** `sluice start`: the whole pipeline on this machine, once; with --serve it stays up. */
export function startCommand(): Command {
  return new Command("start")
    .option("--stack <name>", "whose plan is deployed to the emulator", "local")
    .option(
      "--pipeline <name>",
      "which pipeline's events are sent and queried (default: the one with the most named queries)",
    )
    .option("--dataset <name>", "the same, by its dataset")
    .addOption(
      new Option(
        "--input <file>",
        "send this file (NDJSON, CSV, or an access log; .gz too) in place of a sample",
      ).conflicts(["events", "seed"]),
    )
    .option(
      "--events <count>",
      "how many events the sample has (default: the project's fixture, or 20000)",
      wholeNumber(1, 10_000_000),
    )
    .option("--seed <text>", "another sample", "1")
    .option("--serve", "keep the emulator up, with its state, until Ctrl-C")
    .option(
      "--buffering-interval <seconds>",
      "how long Firehose gathers events here at most, whatever is declared; declared keeps that",
      bufferingInterval,
      2,
    )
    .option("--kinesis-port <port>", "where the emulator's Kinesis listens", port)
    .option("--firehose-port <port>", "where its Firehose listens, with Direct PUT", port)
    .option("--http-port <port>", "where its HTTP ingest listens", port)
    .option("--athena-port <port>", "where its Athena listens", port)
    .addHelpText(
      "after",
      "\nPorts that are not given are those of the last start with --serve, or free ones.",
    )
    .option("--json", "print one JSON document instead of tables")
    .action(start);
}

async function start(options: StartOptions, command: Command): Promise<void> {
  const progress = progressOn(process.stderr);
  const watch = new Stopwatch();
  const stop = interrupted();
  const jobOptions = { ...options, signal: stop.signal };
  const stateFolder = stateFolderOf(options.stack) + (options.serve ? "" : "-job");
  progress.show(`evaluating the stack "${options.stack}"`);
  const plan = await watch.time("plan", () => evaluateStack({ stack: options.stack }));
  const pipelines = declaredPipelines(plan);
  const pipeline = tellingMost(chosenPipelines(options.stack, pipelines, options));
  const events = await openEvents(pipeline, jobOptions);

  // A job starts from nothing, so that its answers are those of its events alone. An emulator that serves goes on with its state.
  if (!options.serve) await resetStateFolder(stateFolder);
  const { kinesisPort: kinesis, firehosePort: firehose, httpPort: http, athenaPort: athena } = options;
  const ports = await portChoices(stateFolder, { kinesis, firehose, http, athena }, (api, taken) =>
    progress.say(
      `Port ${taken}, where ${api} was the last time, is taken by another program: it has a new one.`,
    ),
  );
  const interval = options.bufferingInterval === "declared" ? undefined : options.bufferingInterval;
  await using local = await watch.time("start", () =>
    LocalStack.start(plan, {
      stateFolder,
      onProgress: (line) => progress.show(line),
      ...ports,
      ...(interval !== undefined && { bufferingIntervalSeconds: interval }),
    }),
  );
  const { emulator, athenaEndpoint } = local;
  const httpEndpoint = emulator.apis[0] && new URL(emulator.apis[0].invokeUrl).origin;
  await keepPorts(stateFolder, {
    kinesis: emulator.kinesisEndpoint,
    firehose: emulator.firehoseEndpoint,
    http: httpEndpoint,
    athena: athenaEndpoint,
  });
  const shortening = shorteningText(emulator.deliveryStreams, interval);
  if (shortening !== undefined) progress.say(shortening);
  stop.signal.throwIfAborted();
  // An emulator that goes on with its state has its sample already; more is sent when that is wanted.
  const isGiven = ["input", "events", "seed"].some((name) => command.getOptionValueSource(name) === "cli");
  const sends = isGiven || !options.serve || !(await local.holdsEventsOf(pipeline));
  const result = await runJob(local, pipeline, sends ? events : undefined, jobOptions, watch, progress);
  progress.clear();
  print(result, options);
  if (!options.serve) return;
  if (!sends) progress.say("The state is kept, no sample was sent. --events, --seed or --input sends more.");

  const withdraw = await publishEndpoints(stateFolder, local);
  progress.say(
    `The emulator is up until Ctrl-C. Kinesis ${emulator.kinesisEndpoint}, Athena ${athenaEndpoint}` +
      (httpEndpoint === undefined ? "" : `, HTTP ${httpEndpoint}`),
  );
  await stop.happened;
  await withdraw();
}

/** The pipeline with the most named queries, the first of several: one is enough to see how a program works. */
function tellingMost(pipelines: readonly DeclaredPipeline[]): DeclaredPipeline {
  return pipelines.reduce((most, each) =>
    each.declared.queries.length > most.declared.queries.length ? each : most,
  );
}

function print(result: JobResult, { json }: StartOptions): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(result.report, null, 2)}\n`);
    return;
  }
  const color = process.stdout.isTTY && process.stdout.hasColors();
  process.stdout.write(renderReport(result, { width: process.stdout.columns || 110, color }));
}

function port(text: string): number {
  return wholeNumber(1, 65_535)(text);
}

/** Firehose's own limits (Firehose API, BufferingHints). */
function bufferingInterval(text: string): number | "declared" {
  return text === "declared" ? text : wholeNumber(0, 900)(text);
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`use a whole number from ${least} to ${most}.`);
  };
}
