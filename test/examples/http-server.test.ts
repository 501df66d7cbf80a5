import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { TestKinesis } from "../producer/helpers/kinesis.ts";
import { root } from "../helpers/sources.ts";

const main = join(root, "examples/http-server/main.ts");

const outputs = {
  name: "access-log",
  dataset: "access-log",
  region: "eu-central-1",
  streamName: "example",
  deliveryStreamName: "example",
};

describe("the example of a web server", () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`logs every request into the stream, the last ones too when ${signal} stops it`, () => logs(signal));
  }

  const logs = async (signal: NodeJS.Signals) => {
    const kinesis = await TestKinesis.start("example");
    const child = spawn(process.execPath, [main], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        SLUICE_PIPELINE_ACCESS_LOG: JSON.stringify(outputs),
        AWS_ENDPOINT_URL_KINESIS: `http://127.0.0.1:${kinesis.port}`,
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
        PORT: "0",
      },
    });
    const ended = once(child, "close") as Promise<[number]>;
    let printed = "";
    child.stdout.on("data", (data: Buffer) => (printed += data.toString()));
    while (!printed.includes("\n")) await once(child.stdout, "data");
    const url = printed.trim();
    for (let n = 0; n < 30; n++) await (await fetch(n % 3 === 0 ? `${url}missing?n=${n}` : url)).text();
    child.kill(signal);
    assert.equal((await ended)[0], 0);
    const events = (await kinesis.lines("example")).map(
      (line) => JSON.parse(line) as { status: number; bytes: number },
    );
    await kinesis.stop();
    assert.deepEqual(
      [200, 404].map((status) => events.filter((event) => event.status === status).length),
      [20, 10],
    );
    assert.ok(events.every(({ bytes }) => bytes > 0));
    assert.equal((JSON.parse(printed.split("\n")[1] ?? "") as { delivered: number }).delivered, 30);
  };

  it("says what it needs", async () => {
    const child = spawn(process.execPath, [main], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { PATH: process.env["PATH"], NODE_ENV: "production" },
    });
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    assert.equal(((await once(child, "close")) as [number])[0], 2);
    assert.match(
      stderr,
      /^no pipeline for the dataset "access-log"\. Looked at\n[^]*SLUICE_PIPELINE_<NAME>: not set/,
    );
  });
});
