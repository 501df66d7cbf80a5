import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { dirname, extname } from "node:path";

export interface KinesisMock {
  /** Its plain HTTP port on 127.0.0.1. */
  readonly port: number;
  /** Lets this process end while kinesis-mock is up, which then ends as well. */
  unref(): void;
  stop(): Promise<void>;
}

/**
 * Starts kinesis-mock (npm `kinesis-local`) as a process of its own: a program of Scala.js that runs on import and has
 * no API. It is in its own process group, so that Ctrl-C reaches only the emulator, which then stops it in order.
 *
 * @throws {Error} with what it printed, when it ends instead of listening.
 */
export async function startKinesisMock(options: { region: string; accountId: string }): Promise<KinesisMock> {
  const main = createRequire(import.meta.url).resolve("kinesis-local/main.js");
  const preload = new URL(`./kinesis-mock-preload${extname(import.meta.url)}`, import.meta.url);
  const child = fork(main, [], {
    // It looks for its certificate in the working directory.
    cwd: dirname(main),
    detached: true,
    execArgv: ["--import", preload.href],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: {
      PATH: process.env["PATH"],
      KINESIS_MOCK_TLS_PORT: "1",
      KINESIS_MOCK_PLAIN_PORT: "2",
      AWS_REGION: options.region,
      AWS_ACCOUNT_ID: options.accountId,
      LOG_LEVEL: "ERROR",
      SHARD_LIMIT: "10000",
      ON_DEMAND_STREAM_COUNT_LIMIT: "1000",
      ...noDelays,
    },
  });
  let printed = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (printed = (printed + text).slice(-2000)));

  const ended = once(child, "exit") as Promise<[number | null, string | null]>;
  const failure = ended.then(([code, signal]) => {
    throw new Error(`kinesis-mock ended (${signal ?? `exit code ${code}`}). ${printed}`.trim());
  });
  failure.catch(() => {});

  const [{ port }] = (await Promise.race([once(child, "message"), failure])) as [{ port: number }];
  return {
    port,
    unref: () => {
      child.unref();
      child.channel?.unref();
      (child.stderr as Socket | null)?.unref();
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The states CREATING, UPDATING and DELETING last 500 ms by default, so that clients see them. The emulator does not wait. */
const noDelays = Object.fromEntries(
  [
    "CREATE_STREAM",
    "DELETE_STREAM",
    "REGISTER_STREAM_CONSUMER",
    "DEREGISTER_STREAM_CONSUMER",
    "START_STREAM_ENCRYPTION",
    "STOP_STREAM_ENCRYPTION",
    "MERGE_SHARDS",
    "SPLIT_SHARD",
    "UPDATE_SHARD_COUNT",
    "UPDATE_STREAM_MODE",
  ].map((action) => [`${action}_DURATION`, "0ms"]),
);
