import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findPipeline } from "../../producer/find-pipeline.ts";
import type { PipelineOutputs } from "../../producer/pipeline-outputs.ts";
import { temporaryFolder } from "../local/temporary-folder.ts";

const web = { region: "eu-central-1", streamName: "web-stream", deliveryStreamName: "web" };
const app = { name: "app", dataset: "clicks", region: "eu-west-1", deliveryStreamName: "app" };

describe("the pipeline of a producer", () => {
  const folder = temporaryFolder();
  const before = { env: { ...process.env }, cwd: process.cwd() };
  beforeEach(() => {
    process.chdir(folder());
    for (const name of Object.keys(process.env))
      if (/^(SLUICE_|NODE_ENV)/.test(name)) delete process.env[name];
  });
  afterEach(() => {
    process.chdir(before.cwd);
    process.env = { ...before.env };
  });

  const endpoints = (pipelines: Record<string, unknown>, pid = process.pid) =>
    JSON.stringify({ pid, stack: "local", kinesis: "http://127.0.0.1:1", http: {}, pipelines });
  const startEmulator = async (stateFolder: string, ...args: Parameters<typeof endpoints>) => {
    await mkdir(stateFolder, { recursive: true });
    await writeFile(join(stateFolder, "endpoints.json"), endpoints(...args));
    return stateFolder;
  };

  it("stands in a stack's outputs, whole or in part", async () => {
    const one = { ...web, name: "web", dataset: "clicks" };
    const wholes: PipelineOutputs[] = [
      one,
      { web: one },
      { pipelines: { web: one } },
      { clicks: { ...web } },
    ];
    for (const outputs of wholes) {
      const { pipeline, emulator } = await findPipeline("clicks", { outputs });
      assert.deepEqual(
        [pipeline.streamName, pipeline.region, emulator],
        ["web-stream", "eu-central-1", undefined],
      );
    }
    const { pipeline } = await findPipeline("clicks", { outputs: { web: one, app }, pipeline: "app" });
    assert.deepEqual([pipeline.deliveryStreamName, pipeline.streamName], ["app", undefined]);
  });

  it("is not guessed among several, and not taken from elsewhere when outputs lack it", async () => {
    process.env["SLUICE_PIPELINE_ORDERS"] = JSON.stringify({ ...web, name: "orders", dataset: "orders" });
    const outputs = { web: { ...web, dataset: "clicks" }, app };
    await assert.rejects(
      findPipeline("clicks", { outputs }),
      /^PipelineNotFoundError: the option `outputs`: several pipelines carry the dataset "clicks"\. .*`pipeline`: web, app\.$/,
    );
    await assert.rejects(
      findPipeline("orders", { outputs }),
      /no pipeline for the dataset "orders"\. Looked at\n {2}SLUICE_EMULATOR: not set\n {2}the option `outputs`: only web \(dataset clicks\), app \(dataset clicks\)\n/,
    );
  });

  it("says which output is missing or no text", async () => {
    const bad = (outputs: unknown) => findPipeline("clicks", { outputs: outputs as PipelineOutputs });
    await assert.rejects(
      bad({ web: { region: "x" } }),
      /^TypeError: the option `outputs`\.web has no deliveryStreamName/,
    );
    await assert.rejects(bad({ web: { ...web, region: { apply: 1 } } }), /`outputs`\.web\.region is no text/);
    await assert.rejects(bad({ web: 1 }), /`outputs`\.web is no mapping/);
    await assert.rejects(bad([]), /`outputs` is no mapping/);
  });

  it("stands in the environment, by its name or by its dataset", async () => {
    process.env["SLUICE_PIPELINE_WEB_SHOP"] = JSON.stringify({ ...web, name: "web-shop", dataset: "clicks" });
    process.env["SLUICE_PIPELINE_APP"] = JSON.stringify({ ...app, dataset: "taps" });
    assert.equal((await findPipeline("clicks", {})).pipeline.name, "web-shop");
    assert.equal((await findPipeline("clicks", { pipeline: "web-shop" })).pipeline.name, "web-shop");
    await assert.rejects(
      findPipeline("clicks", { pipeline: "app" }),
      /no pipeline "app" for the dataset "clicks"[^]*SLUICE_PIPELINE_APP: only app \(dataset taps\)/,
    );
    process.env["SLUICE_PIPELINE_APP"] = "{";
    await assert.rejects(findPipeline("clicks", {}), /SLUICE_PIPELINE_APP is no JSON/);
  });

  it("is the one of an emulator that is up here or above, but not in production", async () => {
    await startEmulator(join(folder(), ".sluice", "local"), { app });
    await mkdir("services/web", { recursive: true });
    process.chdir("services/web");
    assert.equal((await findPipeline("clicks", {})).emulator?.kinesis, "http://127.0.0.1:1");
    await assert.rejects(
      findPipeline("clicks", { stack: "other" }),
      /\.sluice\/other in .*: no emulator is up/,
    );
    process.env["NODE_ENV"] = "production";
    await assert.rejects(
      findPipeline("clicks", {}),
      /SLUICE_PIPELINE_<NAME>: not set\n.*not looked at, as NODE_ENV is production\nGive the backend/,
    );
  });

  it("is not the one of an emulator that has ended", async () => {
    await startEmulator(join(folder(), ".sluice", "local"), { app }, 2 ** 30);
    await assert.rejects(findPipeline("clicks", {}), /no emulator is up\n/);
  });

  it("is the one of the emulator that SLUICE_EMULATOR names, before all else", async () => {
    process.env["SLUICE_EMULATOR"] = await startEmulator(join(folder(), "state"), { app });
    process.env["NODE_ENV"] = "production";
    const { pipeline, emulator } = await findPipeline("clicks", {
      outputs: { web: { ...web, dataset: "clicks" } },
    });
    assert.deepEqual([pipeline.name, emulator?.stack], ["app", "local"]);
    process.env["SLUICE_EMULATOR"] = join(folder(), "none");
    await assert.rejects(findPipeline("clicks", {}), /SLUICE_EMULATOR is .*none: no emulator is up there/);
  });
});
