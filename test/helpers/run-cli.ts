import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./sources.ts";

export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  /** Working directory, below which the emulator keeps its state. Default: the project's root. */
  cwd?: string;
  /** Sent as soon as stderr holds the text. */
  interruptWhen?: { stderrHolds: string; signal: NodeJS.Signals };
}

/** What `sluice start` says where the program declares Firehose's default. */
export const shortened =
  "Firehose's buffering interval of 300 s is shortened to 2 s here; --buffering-interval declared keeps it.\n";

/** Runs `sluice` as a user would, in a process of its own. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [join(root, "cli/sluice.js"), ...args], {
    cwd: options.cwd ?? root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let interrupted = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    const { interruptWhen } = options;
    if (!interruptWhen || interrupted || !stderr.includes(interruptWhen.stderrHolds)) return;
    interrupted = true;
    child.kill(interruptWhen.signal);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { exitCode, stdout, stderr };
}

/** Runs work in a new, empty folder that is removed afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
