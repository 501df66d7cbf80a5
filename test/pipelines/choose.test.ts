import assert from "node:assert/strict";
import { chosenPipelines, onePipeline } from "../../pipelines/choose.ts";

const clicks = { name: "clicks", dataset: "clicks" };
const log = { name: "log", dataset: "access-log" };
const oldLog = { name: "old-log", dataset: "access-log" };
const all = [clicks, log, oldLog];

describe("the pipelines that are meant", () => {
  it("are all, where nothing is said", () => {
    assert.deepEqual(chosenPipelines("dev", all, {}), all);
  });

  it("are those of a name, of a dataset, or of both", () => {
    assert.deepEqual(chosenPipelines("dev", all, { pipeline: "log" }), [log]);
    assert.deepEqual(chosenPipelines("dev", all, { dataset: "access-log" }), [log, oldLog]);
    assert.deepEqual(chosenPipelines("dev", all, { pipeline: "old-log", dataset: "access-log" }), [oldLog]);
  });

  it("are refused where there is none, naming those there are", () => {
    const there = "clicks, log (dataset access-log), old-log (dataset access-log)";
    for (const [choice, message] of [
      [{ pipeline: "web" }, `has no pipeline "web", only ${there}.`],
      [{ dataset: "web" }, `has no pipeline for "web", only for ${there}.`],
      [
        { pipeline: "clicks", dataset: "access-log" },
        `has no pipeline "clicks" for "access-log", only ${there}.`,
      ],
    ] as const) {
      assert.throws(() => chosenPipelines("dev", all, choice), {
        name: "PipelineError",
        exitCode: 2,
        message: `the stack "dev" ${message}`,
      });
    }
    assert.throws(() => chosenPipelines("dev", [], {}), { message: /, only for none\.$/ });
  });
});

describe("the one pipeline that is meant", () => {
  it("is the only one, or the one that is named", () => {
    assert.equal(onePipeline("dev", [clicks], {}), clicks);
    assert.equal(onePipeline("dev", all, { dataset: "clicks" }), clicks);
  });

  it("has to be said by dataset where each has its own, else by name", () => {
    assert.throws(() => onePipeline("dev", [clicks, log], {}), {
      message:
        'the stack "dev" has several pipelines. Say which with --dataset: clicks, log (dataset access-log).',
    });
    assert.throws(() => onePipeline("dev", all, { dataset: "access-log" }), {
      message: /Say which with --pipeline: log \(dataset access-log\), old-log \(dataset access-log\)\.$/,
    });
  });
});
