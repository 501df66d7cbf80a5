import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { copyProject } from "./project-copy.ts";

/** What `pulumi` printed, with its exit code. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

const commandTimeoutMilliseconds = 120_000;

/**
 * The Pulumi CLI with a home, a state and a copy of sluice's project of its own, and a stand-in for the AWS provider.
 * Nothing is downloaded, nothing outside its temporary folder is written.
 */
export class Engine {
  /** The project folder that commands run in. The CLI writes to its stack files. */
  readonly project: string;
  readonly #folder: string;
  readonly #provider: ChildProcess;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(folder: string, provider: ChildProcess, port: string) {
    this.#folder = folder;
    this.project = join(folder, "project");
    this.#provider = provider;
    this.#environment = {
      ...withoutPulumi(process.env),
      // The language host takes the `node` that it finds: this one.
      PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_PROVIDERS: `aws:${port}`,
      NO_COLOR: "1",
    };
  }

  /**
   * @param region where the stand-in provider says that it is; the account is the plan's placeholder.
   * @param writeProject makes the project folder. Default: a copy of sluice's own.
   */
  static async start(region: string, writeProject = copyProject): Promise<Engine> {
    const folder = await mkdtemp(join(tmpdir(), "sluice-engine-"));
    await mkdir(join(folder, "state"));
    await writeProject(join(folder, "project"));
    const { process: provider, port } = await startProvider(region);
    return new Engine(folder, provider, port);
  }

  /** Runs `pulumi` in the project folder. Never asks; is stopped when it takes minutes. */
  async run(...args: string[]): Promise<Outcome> {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: this.project,
      env: this.#environment,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: commandTimeoutMilliseconds,
    });
    const stdout = child.stdout.setEncoding("utf8").toArray();
    const stderr = child.stderr.setEncoding("utf8").toArray();
    const code = await exitCode(child);
    return { code, stdout: (await stdout).join(""), stderr: (await stderr).join("") };
  }

  /**
   * Runs `pulumi` and gives what it printed.
   * @throws {Error} with the last that it said, when it fails.
   */
  async succeed(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code === 0) return stdout;
    const last = `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n");
    throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${last}`);
  }

  /** Stops the stand-in provider and removes the temporary folder. */
  async stop(): Promise<void> {
    if (this.#provider.exitCode === null) {
      const ended = exitCode(this.#provider);
      this.#provider.kill();
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function startProvider(region: string): Promise<{ process: ChildProcess; port: string }> {
  const program = join(import.meta.dirname, "stand-in-provider.ts");
  const child = spawn(process.execPath, [program, region], { stdio: ["pipe", "pipe", "inherit"] });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (line: string) => resolve(line.trim()));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the stand-in provider ended with ${code} at its start`)));
  });
  return { process: child, port };
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code));
  });
}

/** The user's own Pulumi settings must not reach the tests. */
function withoutPulumi(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("PULUMI_")));
}
