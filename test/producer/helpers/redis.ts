import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Those of a test that failed before it stopped its own. */
const started = new Set<TestRedis>();
after(() => Promise.all([...started].map((redis) => redis.stop())));

/** A Redis of a test's own on a free loopback port, with AOF in a folder that stop() removes. */
export class TestRedis {
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
  }

  /** Starts one; the test or suite is skipped, and says so, where there is no redis-server. */
  static async start(context: Mocha.Context): Promise<TestRedis> {
    if (spawnSync("redis-server", ["--version"]).error) {
      console.log("      no redis-server on PATH (Debian: apt-get install redis-server): skipped");
      context.skip();
    }
    const redis = new TestRedis(await mkdtemp(join(tmpdir(), "sluice-redis-")), await freePort());
    started.add(redis);
    await redis.up();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Starts the server again on the same port and files; resolves when it has loaded them. */
  async up(): Promise<void> {
    const options = ["--appendonly yes", "--appendfsync everysec", "--save ''", "--loglevel warning"];
    this.#process = spawn(
      "redis-server",
      ["--bind 127.0.0.1", `--port ${this.#port}`, `--dir ${this.#folder}`, ...options].flatMap((option) =>
        option.split(" "),
      ),
      { stdio: "ignore" },
    );
    while ((await ping(this.#port)) !== "+PONG") await wait(10);
  }

  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (!this.#process) return;
    const exited = once(this.#process, "exit");
    this.#process.kill(signal);
    await exited;
    this.#process = undefined;
  }

  async stop(): Promise<void> {
    started.delete(this);
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function ping(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.once("data", (data) => {
      resolve(data.toString().trim());
      socket.destroy();
    });
    socket.once("error", () => resolve(""));
  });
}
