import { startAthena, type LocalAthena } from "../local/athena/athena.ts";
import { startEmulator, type Emulator } from "../local/emulator.ts";
import { stackOf, type DeploymentDocument } from "../plan/deployment.ts";
import type { Endpoints, HttpIngest } from "../pipelines/from-emulator.ts";
import { pipelinesOf } from "../pipelines/from-plan.ts";
import type { Pipeline } from "../pipelines/pipeline.ts";
import type { PortChoice } from "../local/http/loopback-server.ts";

export interface LocalStackOptions {
  /** The emulator's state folder. */
  stateFolder: string;
  kinesisPort?: PortChoice | undefined;
  firehosePort?: PortChoice | undefined;
  httpPort?: PortChoice | undefined;
  athenaPort?: PortChoice | undefined;
  /** As that of the emulator. */
  bufferingIntervalSeconds?: number | undefined;
  /** Told what is started, in one line each. */
  onProgress?: ((line: string) => void) | undefined;
}

/** A stack that runs on this machine: its emulator and the Athena that queries it. */
export class LocalStack implements AsyncDisposable {
  readonly stack: string;
  readonly emulator: Emulator;
  readonly athenaEndpoint: string;
  readonly pipelines: readonly Pipeline[];
  readonly #athena: LocalAthena;

  private constructor(plan: DeploymentDocument, emulator: Emulator, athena: LocalAthena) {
    this.emulator = emulator;
    this.pipelines = pipelinesOf(plan);
    this.stack = stackOf(plan.deployment.resources[0]?.urn ?? "");
    this.athenaEndpoint = athena.endpoint;
    this.#athena = athena;
  }

  /** Deploys a plan on this machine. @throws when a port is taken, the state folder is in use or of another version. */
  static async start(plan: DeploymentDocument, options: LocalStackOptions): Promise<LocalStack> {
    const { athenaPort, ...forEmulator } = options;
    const emulator = await startEmulator(plan, forEmulator);
    try {
      const athena = await startAthena(plan, {
        objects: emulator.objects,
        stateFolder: options.stateFolder,
        ...(athenaPort === undefined ? {} : { port: athenaPort }),
      });
      return new LocalStack(plan, emulator, athena);
    } catch (error) {
      await emulator.close();
      throw error;
    }
  }

  /** Where each pipeline's events are posted, by its name; empty without HTTP ingest. */
  get http(): Record<string, HttpIngest> {
    return Object.fromEntries(
      this.pipelines.flatMap(({ name, httpEndpoint }) => {
        // AWS would serve it as https://ID.execute-api.REGION.amazonaws.com/STAGE/events.
        const deployed = httpEndpoint === undefined ? undefined : new URL(httpEndpoint);
        const api = this.emulator.apis.find(({ id }) => deployed?.hostname.startsWith(`${id}.`));
        if (!deployed || !api) return [];
        const url = `${new URL(api.invokeUrl).origin}/${api.id}${deployed.pathname}`;
        return [[name, { url, ...(api.apiKey !== undefined && { apiKey: api.apiKey }) }] as const];
      }),
    );
  }

  /** Whether the lake, or the error output, has events of a pipeline. */
  async holdsEventsOf({ lakeBucketName }: Pipeline): Promise<boolean> {
    return (await this.emulator.objects.list(lakeBucketName)).length > 0;
  }

  /** What other programs need to find it. */
  get endpoints(): Endpoints {
    const { firehoseEndpoint } = this.emulator;
    return {
      pid: process.pid,
      stack: this.stack,
      region: this.emulator.region,
      kinesis: this.emulator.kinesisEndpoint,
      athena: this.athenaEndpoint,
      ...(firehoseEndpoint !== undefined && { firehose: firehoseEndpoint }),
      http: this.http,
      pipelines: Object.fromEntries(this.pipelines.map((pipeline) => [pipeline.name, pipeline])),
    };
  }

  /** Lets the process end while it runs. */
  unref(): void {
    this.#athena.unref();
    this.emulator.unref();
  }

  async close(): Promise<void> {
    await this.#athena.close();
    await this.emulator.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
