import { sendEvents } from "../../producer/send-events.ts";
import { fileEvents } from "../../producer/sources/file.ts";
import { sampleEvents } from "../../producer/sources/fixture.ts";
import type { SourceEvents } from "../../producer/sources/source-event.ts";
import { runNamedQuery } from "../../athena/client/run-named.ts";
import type { DeclaredPipeline } from "../../pipelines/from-plan.ts";
import { currentProjectFolder } from "../../plan/evaluate.ts";
import { analystClient, sourceOf } from "../../testing/access.ts";
import type { LocalStack } from "../../testing/local-stack.ts";
import type { Progress } from "../progress.ts";
import { UserError } from "../user-error.ts";
import { deliveringText } from "./delivering.ts";
import type { Answer, JobResult } from "./report.ts";
import type { Stopwatch } from "./stopwatch.ts";

export interface JobOptions {
  /** A file to send in place of the generated sample. */
  input?: string;
  /** How many events the sample has. Default: all of the project's fixture, or 20,000. */
  events?: number;
  seed: string;
  signal: AbortSignal;
}

const sampleSize = 20_000;

/** Who waits longer is told so in a line that stays, without a terminal too. */
const longWaitSeconds = 10;

/**
 * The events that the job will send, opened before anything is started.
 * @throws {InputError} when the input is no file of events.
 */
export async function openEvents(
  { declared: { dataset } }: DeclaredPipeline,
  { input, events, seed }: JobOptions,
): Promise<SourceEvents> {
  if (input !== undefined) return fileEvents(input, dataset);
  const options = { seed, malformedShare: 0.002, ...(events !== undefined && { count: events }) };
  return sampleEvents(dataset, currentProjectFolder(), options, sampleSize);
}

/**
 * Sends the events through the emulator's stream, waits until all have arrived, and runs every named query.
 * @param events none: only the queries are run.
 */
export async function runJob(
  local: LocalStack,
  pipeline: DeclaredPipeline,
  events: SourceEvents | undefined,
  options: JobOptions,
  watch: Stopwatch,
  progress: Progress,
): Promise<JobResult> {
  const before = local.emulator.counts(pipeline.deliveryStreamName, pipeline.region);
  const sentEvents = events ? await sendAll(local, pipeline, events, options, watch, progress) : 0;
  const answers = await watch.time("query", () => runAll(pipeline, local, options, progress));
  return resultOf(local, pipeline, { sentEvents, before }, answers, watch);
}

/** @returns how many events the stream took. All of them are in the lake or in the error output then. */
async function sendAll(
  local: LocalStack,
  pipeline: DeclaredPipeline,
  events: SourceEvents,
  options: JobOptions,
  watch: Stopwatch,
  progress: Progress,
): Promise<number> {
  const { deliveryStreamName, region } = pipeline;
  const { emulator } = local;
  const before = emulator.counts(deliveryStreamName, region);
  const sent = await watch.time("send", () =>
    sendEvents(events, {
      dataset: pipeline.declared.dataset,
      sink: sourceOf(local, pipeline),
      signal: options.signal,
      onProgress: (summary) => progress.show(`sending: ${summary.events.toLocaleString("en-US")} events`),
      // A generated sample holds malformed events on purpose; those of a file are told one by one.
      ...(options.input === undefined ? {} : { onProblem: ({ message }) => progress.say(message) }),
    }),
  );
  if (sent.events === 0) throw new UserError(`${options.input ?? "the sample"} holds no event to send.`, 1);

  const stream = emulator.deliveryStreams.find(
    (each) => each.name === deliveryStreamName && each.region === region,
  );
  const text = () => {
    const now = emulator.counts(deliveryStreamName, region);
    const waiting = sent.events - (now.rows + now.failedEvents - before.rows - before.failedEvents);
    return stream
      ? deliveringText(Math.max(0, waiting), emulator.buffered(deliveryStreamName, region), stream)
      : "";
  };
  if ((stream?.bufferingIntervalSeconds ?? 0) > longWaitSeconds) progress.say(`${text()}.`);
  await watch.time("deliver", () =>
    showing(
      () => progress.show(text()),
      unlessAborted(
        emulator.waitUntilDelivered(deliveryStreamName, { region, records: before.records + sent.records }),
        options.signal,
      ),
    ),
  );
  return sent.events;
}

/** Shows something anew until the work is done. */
async function showing<T>(show: () => void, work: Promise<T>): Promise<T> {
  show();
  const timer = setInterval(show, 250);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    // Whoever lost the race has nobody left to tell.
    promise.catch(() => undefined);
    work.catch(() => undefined);
  }
}

async function runAll(
  pipeline: DeclaredPipeline,
  local: LocalStack,
  { signal }: JobOptions,
  progress: Progress,
): Promise<Answer[]> {
  const { workgroupName: workgroup, databaseName: database, declared } = pipeline;
  const client = analystClient(local, pipeline);
  const answers: Answer[] = [];
  try {
    for (const query of declared.queries) {
      progress.show(`running: ${query.name}`);
      const started = performance.now();
      const answer = await runNamedQuery(
        query,
        {},
        { client, workgroup, database, dataset: declared.dataset, signal },
      );
      const rows = await Array.fromAsync(answer.arrays());
      answers.push({ query, columns: answer.columns, rows, seconds: (performance.now() - started) / 1000 });
    }
  } finally {
    client.destroy();
  }
  return answers;
}

function resultOf(
  local: LocalStack,
  pipeline: DeclaredPipeline,
  { sentEvents, before }: { sentEvents: number; before: ReturnType<LocalStack["emulator"]["counts"]> },
  answers: Answer[],
  watch: Stopwatch,
): JobResult {
  const counts = local.emulator.counts(pipeline.deliveryStreamName, pipeline.region);
  const byName = ({ columns, rows }: Answer) =>
    rows.map((row) => Object.fromEntries(columns.map(({ key }, index) => [key, row[index] ?? null])));
  const lakeFolder = local.emulator.objects.pathOf(pipeline.lakeBucketName, "data");
  return {
    report: {
      stack: local.stack,
      pipeline: pipeline.name,
      dataset: pipeline.dataset,
      events: {
        sent: sentEvents,
        delivered: counts.rows - before.rows,
        failed: counts.failedEvents - before.failedEvents,
      },
      records: counts.records - before.records,
      objects: counts.objects - before.objects,
      bytes: {
        json: counts.bytes.json - before.bytes.json,
        parquet: counts.bytes.parquet - before.bytes.parquet,
      },
      queries: Object.fromEntries(answers.map((answer) => [answer.query.name, byName(answer)])),
      seconds: watch.seconds(),
    },
    answers,
    lakeFolder,
    pipeline,
  };
}
