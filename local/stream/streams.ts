import { join } from "node:path";
import type { PortChoice } from "../http/loopback-server.ts";
import { Regional } from "../regional.ts";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { ControlPlane } from "./control-plane.ts";
import { declaredStreams } from "./declared-streams.ts";
import { Journal } from "./journal.ts";
import { startKinesisGateway } from "./kinesis-gateway.ts";
import { startKinesisMock } from "./kinesis-mock.ts";

/** The declared streams, running. */
export interface Streams {
  /** `http://127.0.0.1:PORT`, the Kinesis API. */
  readonly endpoint: string;
  /** What each stream acknowledged. */
  readonly journals: Regional<Journal>;
  /** Lets the process end while they run. */
  unref(): void;
  /** Takes no more records; the journals stay readable. */
  stopAccepting(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the declared streams.
 * @param folder holds one journal for each stream, below its region.
 * @param port of the Kinesis API on 127.0.0.1; 0 for a free one.
 * @param region of the streams that do not say theirs.
 * @throws {Error} when the port is taken, or when kinesis-mock does not start.
 */
export async function startStreams(
  plan: DeploymentDocument,
  options: { folder: string; port: PortChoice; region: string; accountId: string },
): Promise<Streams> {
  const started = new AsyncDisposableStack();
  try {
    const mock = await startKinesisMock(options);
    started.defer(() => mock.stop());
    const controlPlaneOf = (region: string) => new ControlPlane(mock.port, region);

    const journals = new Regional<Journal>();
    for (const stream of declaredStreams(plan, options.region)) {
      const { region, name } = stream;
      await controlPlaneOf(region).createStream(stream);
      const journal = await Journal.open(join(options.folder, region, name));
      started.defer(() => journal.close());
      journals.set(region, name, journal);
    }

    const gateway = await startKinesisGateway({
      port: options.port,
      mockPort: mock.port,
      controlPlaneOf,
      journals,
    });
    let accepting = true;
    const stopAccepting = async () => {
      if (accepting) {
        accepting = false;
        await gateway.close();
      }
    };
    started.defer(stopAccepting);
    const running = started.move();
    return {
      endpoint: `http://127.0.0.1:${gateway.port}`,
      journals,
      unref: () => {
        mock.unref();
        gateway.unref();
      },
      stopAccepting,
      close: () => running.disposeAsync(),
    };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}
