import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** The `node` that comes first on PATH. Default: this one. */
  readonly node?: string;
}

/** What npm tells the scripts that it runs, such as this one, is not for the npm that a test runs. */
const kept = /^npm_config_(registry|cache|userconfig|globalconfig|proxy|https_proxy|noproxy|cafile)$/;

/** Runs a command as a user would, in a folder of its own. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { cwd, node = process.execPath } = options;
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((each) => !each.includes("node_modules"));
  const child = spawn(command, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || kept.test(name)),
      ),
      PATH: [dirname(node), ...path].join(delimiter),
    },
  });
  const stdout = child.stdout.setEncoding("utf8").toArray();
  const stderr = child.stderr.setEncoding("utf8").toArray();
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, stdout: (await stdout).join(""), stderr: (await stderr).join("") };
}

/** Runs a command that must end with 0. @returns what it printed. @throws {Error} with all that it said. */
export async function succeed(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
}
