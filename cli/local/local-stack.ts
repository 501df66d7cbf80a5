import type { Dataset } from "../../schema/dataset.ts";
import { startAthena } from "../../local/athena/athena.ts";
import { startEmulator, type Emulator } from "../../local/emulator.ts";
import { stackOf, type DeploymentDocument } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import type { Progress } from "../progress.ts";
import type { StackPipelines } from "../stack-outputs.ts";
import { UserError } from "../user-error.ts";

/** Names of one dataset's pipeline in a plan. */
export interface PipelineNames {
  /** Absent where Firehose takes the events itself. */
  stream: string | undefined;
  deliveryStream: string;
  bucket: string;
  database: string;
  table: string;
  workgroup: string;
  /** The role that analysts assume. */
  analystRole: string;
}

/** Where the emulator takes a dataset's events over HTTP. */
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

/** A stack that runs on this machine: its emulator and the Athena that asks it. */
export class LocalStack implements AsyncDisposable {
  readonly stack: string;
  readonly emulator: Emulator;
  readonly athenaEndpoint: string;
  readonly outputs: StackPipelines;
  readonly #closeAthena: () => Promise<void>;

  private constructor(
    plan: DeploymentDocument,
    emulator: Emulator,
    athena: Awaited<ReturnType<typeof startAthena>>,
  ) {
    this.emulator = emulator;
    this.outputs = outputsOf(plan);
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

  /** Where each dataset's events are posted; empty without HTTP ingest. */
  get http(): Record<string, HttpIngest> {
    return Object.fromEntries(
      Object.entries(this.outputs).flatMap(([dataset, { httpEndpoint }]) => {
        // AWS would serve it as https://ID.execute-api.REGION.amazonaws.com/STAGE/events.
        const deployed = httpEndpoint === undefined ? undefined : new URL(httpEndpoint);
        const api = this.emulator.apis.find(({ id }) => deployed?.hostname.startsWith(`${id}.`));
        if (!deployed || !api) return [];
        const url = `${new URL(api.invokeUrl).origin}/${api.id}${deployed.pathname}`;
        return [[dataset, { url, ...(api.apiKey !== undefined && { apiKey: api.apiKey }) }] as const];
      }),
    );
  }

  get region(): string {
    return Object.values(this.outputs)[0]?.region ?? "us-east-1";
  }

  /** @throws {UserError} when the stack has no pipeline for the dataset. */
  pipelineOf(dataset: Dataset): PipelineNames {
    const names = this.outputs[dataset.name];
    if (names) {
      return {
        stream: names.streamName,
        deliveryStream: names.deliveryStreamName,
        bucket: names.lakeBucketName,
        database: names.databaseName,
        table: names.tableName,
        workgroup: names.workgroupName,
        analystRole: names.analystRoleArn.slice(names.analystRoleArn.lastIndexOf("/") + 1),
      };
    }
    const there = Object.keys(this.outputs).join(", ");
    if (there === "") {
      throw new UserError(
        `the stack "${this.stack}" exports no "pipelines", by which a pipeline's stream and workgroup are found.\n` +
          "Export them as infra/index.ts does: pipelines = { clickstream: pipeline.outputs }.",
      );
    }
    throw new UserError(
      `the stack "${this.stack}" has no pipeline for "${dataset.name}", only for ${there}.\n` +
        `Add it to sluice:datasets in Pulumi.${this.stack}.yaml.`,
    );
  }

  /** Whether the lake, or the error output, has events of a dataset. */
  async holdsEventsOf(dataset: Dataset): Promise<boolean> {
    return (await this.emulator.objects.list(this.pipelineOf(dataset).bucket)).length > 0;
  }

  async close(): Promise<void> {
    await this.#closeAthena();
    await this.emulator.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function outputsOf(plan: DeploymentDocument): StackPipelines {
  const [stack] = resourcesOfType(plan, "pulumi:pulumi:Stack");
  return (stack?.outputs["pipelines"] ?? {}) as StackPipelines;
}
