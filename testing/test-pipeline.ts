import { mkdtemp } from "node:fs/promises";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NoSuchQueryError, runNamedQuery } from "../athena/client/run-named.ts";
import type { ResultRow } from "../athena/client/result.ts";
import { runQuery } from "../athena/client/run.ts";
import type { ParameterValues } from "../athena/named-query/execution-parameters.ts";
import { writeJsonFile } from "../local/state/json-file.ts";
import { onePipeline } from "../pipelines/choose.ts";
import { endpointsFileIn } from "../pipelines/from-emulator.ts";
import { declaredPipelines, type DeclaredPipeline } from "../pipelines/from-plan.ts";
import { currentProjectFolder, evaluateStack } from "../plan/evaluate.ts";
import { sendEvents } from "../producer/send-events.ts";
import { httpSink } from "../producer/sinks/http.ts";
import type { Sink } from "../producer/sinks/sink.ts";
import { sampleEvents } from "../producer/sources/fixture.ts";
import type { SourceEvent } from "../producer/sources/source-event.ts";
import { layoutOf } from "../schema/layout.ts";
import { analystClient, sourceOf } from "./access.ts";
import { failedEvents, type FailedEvent } from "./error-output.ts";
import { LocalStack } from "./local-stack.ts";

export interface TestPipelineOptions {
  /** The folder of the Pulumi project. Default: the nearest with a Pulumi.yaml, from the working directory upwards. */
  readonly folder?: string | undefined;
  /** The stack whose configuration the program gets: `Pulumi.<stack>.yaml`. Default: `local`. */
  readonly stack?: string | undefined;
  /** The name of the pipeline, where the program declares several. */
  readonly pipeline?: string | undefined;
  /** The same, by the name of its dataset. */
  readonly dataset?: string | undefined;
  /** The instant that relative periods, such as `today`, count from, and that a sample ends at. Default: the clock. */
  readonly now?: Date | undefined;
}

export interface SendTestOptions {
  /** How the events go in: by the pipeline's own source, or posted to its HTTP API. Default: `source`. */
  readonly via?: "source" | "http" | undefined;
}

export interface SampleOptions {
  /** Another sample: the same seed and `now` give the same events. Default: 1. */
  readonly seed?: number | string | undefined;
}

/** An event; a text is sent as it is, so that a test can send what is no JSON. */
export type TestEvent = object | string;

/** What was delivered since the start, or the last reset. */
export type TestCounts = ReturnType<LocalStack["emulator"]["counts"]>;

/** How long a buffer waits here: long enough to hold what one call sends, too short to be felt. */
const bufferingIntervalSeconds = 0.02;
/** Events of a test need not wait for others. */
const lingerMilliseconds = 5;

/**
 * Starts a pipeline of a program on this machine, for a test of it: an emulator of its own, in a folder of its own, so
 * that tests run side by side. It takes two seconds or so: give `before` the time (mocha's limit is 2 s).
 * It ends with `close()`, with `await using`, and with the process, which it does not hold.
 *
 * @example
 * const pipeline = await testPipeline();
 * await pipeline.send([{ event_id: "1", event_time: new Date(), event_type: "purchase", revenue: 20 }]);
 * assert.deepEqual(await pipeline.query("revenue_per_day", { period: "today" }), [...]);
 *
 * @throws {ProjectError} when there is no project, stack or program; whatever the program throws.
 * @throws {PipelineError} when the program declares no such pipeline, or several and none is named.
 */
export async function testPipeline(options: TestPipelineOptions = {}): Promise<TestPipeline> {
  const { stack = "local", folder = currentProjectFolder(), now } = options;
  const plan = await evaluateStack({ stack, folder });
  const pipeline = onePipeline(stack, declaredPipelines(plan), options, {
    pipeline: "the option `pipeline`",
    dataset: "the option `dataset`",
  });
  const stateFolder = await mkdtemp(join(tmpdir(), "sluice-test-"));
  const remove = () => rmSync(stateFolder, { recursive: true, force: true });
  try {
    const local = await LocalStack.start(plan, { stateFolder, bufferingIntervalSeconds });
    await writeJsonFile(endpointsFileIn(stateFolder), local.endpoints);
    local.unref();
    return new TestPipeline({ local, pipeline, folder, stateFolder, now, remove });
  } catch (error) {
    remove();
    throw error;
  }
}

interface Running {
  readonly local: LocalStack;
  readonly pipeline: DeclaredPipeline;
  readonly folder: string;
  readonly stateFolder: string;
  readonly now: Date | undefined;
  readonly remove: () => void;
}

/** A pipeline that runs for a test. */
export class TestPipeline implements AsyncDisposable {
  /** The names of the pipeline's parts, as its stack would export them. */
  readonly pipeline: DeclaredPipeline;
  /** The environment in which `producerFor` finds this pipeline: for the code that a test calls. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #running: Running;
  readonly #source: Sink;
  readonly #athena: ReturnType<typeof analystClient>;
  #before: TestCounts;
  #closing: Promise<void> | undefined;

  /** Made by `testPipeline`. */
  constructor(running: Running) {
    const { local, pipeline, stateFolder, remove } = running;
    this.pipeline = pipeline;
    this.environment = { SLUICE_EMULATOR: stateFolder };
    this.#running = running;
    this.#source = sourceOf(local, pipeline);
    this.#athena = analystClient(local, pipeline);
    this.#before = local.emulator.counts(pipeline.deliveryStreamName);
    process.once("exit", remove);
  }

  /**
   * Sends events as they come, unlike a producer that refuses what does not fit; each gets an id where it has none.
   * @returns when every event is in the lake or in the error output.
   * @throws {TypeError} naming the event that can't be written as JSON; {Error} for one that fits in no record, or that the
   *   HTTP API refuses.
   */
  async send(events: readonly TestEvent[], { via = "source" }: SendTestOptions = {}): Promise<void> {
    const lines = events.map((event, index) => ({ line: lineOf(event, index, events.length) }));
    const sink = via === "http" ? this.#http() : this.#source;
    const tooLarge: string[] = [];
    try {
      await sendEvents(lines, {
        dataset: this.pipeline.declared.dataset,
        sink,
        lingerMilliseconds,
        onProblem: ({ message, sent }) => {
          if (!sent) tooLarge.push(message);
        },
      });
    } finally {
      if (via === "http") sink.close();
    }
    await this.#delivered();
    if (tooLarge.length > 0) throw new Error(tooLarge.join("\n"));
  }

  /** What was delivered since the start or the last reset, by whomever it was sent: rows, failed events, records and bytes. */
  async counts(): Promise<TestCounts> {
    const counts = await this.#delivered();
    const since = (name: Exclude<keyof TestCounts, "bytes">) => counts[name] - this.#before[name];
    return {
      records: since("records"),
      events: since("events"),
      rows: since("rows"),
      failedEvents: since("failedEvents"),
      objects: since("objects"),
      errorObjects: since("errorObjects"),
      bytes: {
        json: counts.bytes.json - this.#before.bytes.json,
        parquet: counts.bytes.parquet - this.#before.bytes.parquet,
      },
    };
  }

  /**
   * Runs a named query of the pipeline with the analyst's rights.
   * @param values its parameters by name; those left out take their defaults.
   * @throws {NoSuchQueryError} naming the queries there are. {ParameterError} for a value that is unknown, missing or of
   *   another type. {QueryError} when it gives no answer.
   */
  async query<Row = ResultRow>(name: string, values: ParameterValues = {}): Promise<Row[]> {
    const { queries, dataset } = this.pipeline.declared;
    const query = queries.find((each) => each.name === name);
    if (!query) {
      const names = queries.map((each) => each.name).join(", ");
      throw new NoSuchQueryError(
        `the pipeline "${this.pipeline.name}" has no query "${name}". It has ${names || "none"}.`,
      );
    }
    await this.#delivered();
    const { now } = this.#running;
    const answer = await runNamedQuery(query, values, { ...this.#place(), dataset, ...(now && { now }) });
    return (await Array.fromAsync(answer)) as Row[];
  }

  /** Runs a statement with the analyst's rights. @throws {QueryError} when it gives no answer. */
  async sql<Row = ResultRow>(statement: string): Promise<Row[]> {
    await this.#delivered();
    return (await Array.fromAsync(await runQuery(statement, this.#place()))) as Row[];
  }

  /** The events that did not become rows since the start or the last reset. */
  async errors(): Promise<FailedEvent[]> {
    await this.#delivered();
    const { lakeBucketName, declared } = this.pipeline;
    return failedEvents(
      this.#running.local.emulator.objects,
      lakeBucketName,
      layoutOf(declared.dataset).errorFolder,
    );
  }

  /**
   * Plausible events: what the project's `fixtures/<dataset>` holds or makes, else what the columns alone say.
   * @throws {InputError} when the file in `fixtures/` can't be read.
   */
  async sample(count: number, { seed }: SampleOptions = {}): Promise<Record<string, unknown>[]> {
    const { folder, now } = this.#running;
    const { dataset } = this.pipeline.declared;
    const events = await sampleEvents(dataset, folder, { count, seed, until: now }, count);
    return Array.fromAsync<SourceEvent, Record<string, unknown>>(
      events,
      ({ line }) => JSON.parse(line) as Record<string, unknown>,
    );
  }

  /** Empties the lake and the error output, and counts from zero. What is under way is delivered first. */
  async reset(): Promise<void> {
    this.#before = await this.#delivered();
    await this.#running.local.emulator.objects.empty(this.pipeline.lakeBucketName);
  }

  /** Ends the emulator and removes its folder. A second call waits for the first. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    const { local, remove } = this.#running;
    this.#source.close();
    this.#athena.destroy();
    await local.close();
    remove();
    process.off("exit", remove);
  }

  /** Waits until all that came so far is in the lake or in the error output. */
  async #delivered(): Promise<TestCounts> {
    if (this.#closing) throw new Error(`The test pipeline "${this.pipeline.name}" is closed.`);
    const { emulator } = this.#running.local;
    const { deliveryStreamName } = this.pipeline;
    await emulator.waitUntilDelivered(deliveryStreamName, { records: 0 });
    return emulator.counts(deliveryStreamName);
  }

  #http(): Sink {
    const { name } = this.pipeline;
    const ingest = this.#running.local.http[name];
    if (ingest) return httpSink(ingest);
    throw new Error(`the pipeline "${name}" has no HTTP API. Declare it with httpIngest: true.`);
  }

  #place() {
    const { workgroupName: workgroup, databaseName: database } = this.pipeline;
    return { client: this.#athena, workgroup, database };
  }
}

function lineOf(event: TestEvent, index: number, count: number): string {
  if (typeof event === "string") return event;
  const unwritable = (why: string) =>
    new TypeError(`event ${index + 1} of ${count} can't be written as JSON: ${why}`);
  let line: string | undefined;
  try {
    line = JSON.stringify(event);
  } catch (error) {
    throw unwritable((error as Error).message);
  }
  if (line === undefined) throw unwritable(`it is ${typeof event}.`);
  return line;
}
