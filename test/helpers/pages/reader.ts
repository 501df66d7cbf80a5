import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What a command printed, both streams as they came, and how it ended. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly printed: string;
}

/** Before each command: what a terminal of the reader's does, and what makes a wrong command end with a code of its own. */
const prelude = `
set -e -o pipefail -o allexport
# npx starts what is installed here, and never looks for it elsewhere.
npx() { command "$@"; }
# An answer of 400 or more is a failure.
curl() { command curl --silent --show-error --fail-with-body "$@"; }
`;

/** What a reader copies from `sluice local status`: where this project's clickstream is posted, and the key for it. */
const httpOfClickstream = `
eval "$(sluice local status --json | node -p '
  const { url = "", apiKey = "" } = JSON.parse(fs.readFileSync(0)).http.clickstream ?? {};
  "URL=" + url + " KEY=" + apiKey
')"`;

/** No command of a page takes longer; what does is waiting for something. */
const longestCommandMilliseconds = 90_000;

/** Somebody who follows a page in a terminal: folder and variables last from one command to the next. */
export class Reader implements AsyncDisposable {
  readonly #folder: string;
  readonly #memory: string;
  #cwd: string;
  readonly #servers: ChildProcess[] = [];

  /** @param folder where the page begins. @param memory a file outside of it. */
  constructor(folder: string, memory: string) {
    this.#folder = folder;
    this.#cwd = folder;
    this.#memory = memory;
  }

  /** Writes a file that the page shows. @param path from the folder that the reader is in. @returns the whole path. */
  async write(path: string, text: string): Promise<string> {
    const whole = join(this.#cwd, path);
    await mkdir(dirname(whole), { recursive: true });
    await writeFile(whole, text);
    return whole;
  }

  /** Runs a command to its end; one that serves stays up, and counts as ended when it is ready. */
  async run(command: string): Promise<Outcome> {
    if (/\s--serve\b/.test(command)) return this.#serve(command);
    const script = `${prelude}[ ! -f ${this.#memory} ] || . ${this.#memory}\n${command}\nexport -p > ${this.#memory}\npwd > ${this.#memory}.cwd`;
    const { child, printed } = this.#start(script);
    const tooLong = setTimeout(() => signal(child, "SIGKILL"), longestCommandMilliseconds);
    const [exitCode] = (await once(child, "close")) as [number | null];
    clearTimeout(tooLong);
    if (existsSync(`${this.#memory}.cwd`)) {
      this.#cwd = (await readFile(`${this.#memory}.cwd`, "utf8")).trim();
    }
    return { exitCode, printed: printed() };
  }

  async #serve(command: string): Promise<Outcome> {
    const { child, printed } = this.#start(`${prelude}${command}`);
    this.#servers.push(child);
    const ended = once(child, "close");
    const isUp = async () => {
      while (!/emulator is up/.test(printed())) await once(child.stderr, "data");
    };
    const tooLong = setTimeout(() => signal(child, "SIGKILL"), longestCommandMilliseconds);
    await Promise.race([isUp(), ended]);
    clearTimeout(tooLong);
    if (child.exitCode !== null || child.signalCode !== null) {
      return { exitCode: child.exitCode ?? 1, printed: printed() };
    }
    return this.run(httpOfClickstream);
  }

  #start(script: string) {
    const path = [join(this.#folder, "node_modules/.bin"), process.env["PATH"]].join(":");
    const child = spawn("bash", ["-c", script], {
      cwd: this.#cwd,
      env: { ...process.env, PATH: path, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that a signal reaches what npm started.
      detached: true,
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    }
    return { child, printed: () => text };
  }

  /** Ctrl-C in every terminal where something serves. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) {
      if (server.exitCode !== null || server.signalCode !== null) continue;
      const ended = once(server, "close");
      signal(server, "SIGINT");
      await ended;
    }
  }
}

/** Signals a command with all that it started. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  process.kill(-pid!, name);
}
