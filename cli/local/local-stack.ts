import { startAthena } from "../../local/athena/athena.ts";
import { startEmulator, type Emulator } from "../../local/emulator.ts";
import { stackOf, type DeploymentDocument } from "../../plan/deployment.ts";
import { pipelinesOf } from "../../pipelines/from-plan.ts";
import type { Pipeline } from "../../pipelines/pipeline.ts";
import type { Progress } from "../progress.ts";

/** Where the emulator takes a pipeline's events over HTTP. */
export interface HttpIngest {
  url: string;
  /** Sent as `x-api-key`; absent where none is needed. */
  apiKey?: string;
}

export interface LocalStackOptions {
  /** The emulator's state folder. */
  stateFolder: string;
  kinesisPort?: number;
  athenaPort?: number;
  progress: Progress;
}

/** A stack that runs on this machine: its emulator and the Athena that queries it. */
export class LocalStack implements AsyncDisposable {
  readonly stack: string;
  readonly emulator: Emulator;
  readonly athenaEndpoint: string;
  readonly pipelines: readonly Pipeline[];
  readonly #closeAthena: () => Promise<void>;

  private constructor(
    plan: DeploymentDocument,
    emulator: Emulator,
    athena: Awaited<ReturnType<typeof startAthena>>,
  ) {
    this.emulator = emulator;
    this.pipelines = pipelinesOf(plan);
    this.stack = stackOf(plan.deployment.resources[0]?.urn ?? "");
    this.athenaEndpoint = athena.endpoint;
    this.#closeAthena = () => athena.close();
  }

  /** Deploys a plan on this machine. @throws when a port is taken, the state folder is in use or of another version. */
  static async start(plan: DeploymentDocument, options: LocalStackOptions): Promise<LocalStack> {
    const { stateFolder, kinesisPort, athenaPort, progress } = options;
    const emulator = await startEmulator(plan, {
      stateFolder,
      ...(kinesisPort === undefined ? {} : { kinesisPort }),
      onProgress: (text) => progress.show(text),
    });
    try {
      const athena = await startAthena(plan, {
        objects: emulator.objects,
        stateFolder,
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

  async close(): Promise<void> {
    await this.#closeAthena();
    await this.emulator.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
