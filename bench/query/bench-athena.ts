import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AthenaClient } from "@aws-sdk/client-athena";
import type { Dataset } from "../../schema/dataset.ts";
import { startAthena } from "../../local/athena/athena.ts";
import { ObjectStore } from "../../local/lake/object-store.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { athenaClient } from "../../athena/client/client.ts";

/** The local Athena of the `local` stack, over a lake in a temporary folder. */
export class BenchAthena implements AsyncDisposable {
  readonly folder: string;
  readonly #client: AthenaClient;
  readonly #close: () => Promise<void>;

  private constructor(folder: string, client: AthenaClient, close: () => Promise<void>) {
    this.folder = folder;
    this.#client = client;
    this.#close = close;
  }

  static async start(): Promise<BenchAthena> {
    const folder = await mkdtemp(join(tmpdir(), "sluice-bench-"));
    const plan = await evaluateStack({ stack: "local" });
    const athena = await startAthena(plan, {
      objects: new ObjectStore(join(folder, "lake")),
      stateFolder: folder,
    });
    const client = athenaClient({
      region: "eu-central-1",
      endpoint: athena.endpoint,
      credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    });
    return new BenchAthena(folder, client, async () => {
      client.destroy();
      await athena.close();
      await rm(folder, { recursive: true, force: true });
    });
  }

  /** The bucket of a dataset's lake in the `local` stack. */
  bucketOf(dataset: Dataset): string {
    return `sluice-local-${dataset.name}-lake-000000000000`;
  }

  runOptions(dataset: Dataset) {
    return {
      client: this.#client,
      workgroup: `sluice-local-${dataset.name}`,
      database: `sluice_local_${dataset.tableName}`,
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}
