import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire, getCompileCacheDir } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { PackFolder } from "./pack-folders.ts";

/** A pack that did not do what the engine expects of it; the message names the pack and says what happened. */
export class PackError extends Error {}

export interface PackEnvironment {
  readonly stack: string;
  readonly project: string;
  /** Whether the run is a preview: some values are not known. */
  readonly preview: boolean;
}

const bootMilliseconds = 60_000;

/** A pack's server process, started as the Pulumi engine starts it. */
export class PackProcess implements AsyncDisposable {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #stop = () => this.#child.kill();
  #errors = "";
  #port = 0;

  private constructor({ name, folder }: PackFolder, environment: PackEnvironment) {
    this.name = name;
    const entry = entryOf(name, folder);
    // pulumi/pulumi sdk/nodejs/cmd/pulumi-language-nodejs/main.go, RunPlugin: the engine's address, then the folder.
    this.#child = spawn(process.execPath, [entry, "127.0.0.1:0", folder], {
      cwd: folder,
      env: {
        ...process.env,
        PULUMI_NODEJS_STACK: environment.stack,
        PULUMI_NODEJS_PROJECT: environment.project,
        PULUMI_NODEJS_DRY_RUN: String(environment.preview),
        PULUMI_CONFIG: "{}",
        ...compileCache(),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child.stderr!.on("data", (chunk: Buffer) => (this.#errors += chunk.toString()));
    process.once("exit", this.#stop);
  }

  /**
   * Starts a pack and waits for its port.
   * @throws {PackError} when it ends, prints something else first, or says nothing for a minute.
   */
  static async boot(pack: PackFolder, environment: PackEnvironment): Promise<PackProcess> {
    const started = new PackProcess(pack, environment);
    try {
      started.#port = await started.#readPort();
      return started;
    } catch (error) {
      await started[Symbol.asyncDispose]();
      throw error;
    }
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Why a call to the pack failed: because it has ended, or else `error`. */
  async failure(error: Error): Promise<PackError> {
    // The connection breaks a moment before the process is told to have ended.
    await Promise.race([this.#ended(), new Promise((resolve) => setTimeout(resolve, 500))]);
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      return new PackError(`The policy pack "${this.name}" failed: ${error.message}`);
    }
    return new PackError(
      `The policy pack "${this.name}" ended before it had evaluated everything (${this.#ending()}).${this.#said()}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off("exit", this.#stop);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill();
    await this.#ended();
  }

  async #readPort(): Promise<number> {
    const lines = createInterface({ input: this.#child.stdout! });
    const firstLine = once(lines, "line", { signal: AbortSignal.timeout(bootMilliseconds) }).then(
      ([line]) => line as string,
      () => {
        throw new PackError(`The policy pack "${this.name}" did not start within a minute.${this.#said()}`);
      },
    );
    const ended = this.#ended().then(() => {
      throw new PackError(`The policy pack "${this.name}" did not start (${this.#ending()}).${this.#said()}`);
    });
    // The one that comes second is nobody's error.
    firstLine.catch(() => undefined);
    ended.catch(() => undefined);
    const line = await Promise.race([firstLine, ended]);
    // Later output is nobody's: the engine passes it on, a report has no place for it.
    lines.on("line", () => undefined);
    if (/^\d{1,5}$/.test(line.trim())) return Number(line);
    throw new PackError(
      `The policy pack "${this.name}" printed ${JSON.stringify(line.slice(0, 80))} where its port should stand: ` +
        "nothing may be printed while a pack loads.",
    );
  }

  async #ended(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    await once(this.#child, "close");
  }

  #ending(): string {
    return this.#child.signalCode === null
      ? `exit code ${this.#child.exitCode}`
      : `signal ${this.#child.signalCode}`;
  }

  #said(): string {
    const lines = this.#errors.trim().split("\n").slice(-12).join("\n");
    return lines === "" ? "" : ` It said:\n${lines}`;
  }
}

/** This process's compile cache, when it has one: with it a pack boots in half the time. */
function compileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

/** The SDK's starter that the pack's own dependencies resolve to, as the engine looks for it. */
function entryOf(name: string, folder: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  } catch {
    throw new PackError(`The policy pack "${name}" has no @pulumi/pulumi: run npm install in ${folder}.`);
  }
}
