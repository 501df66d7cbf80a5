import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ownFolder } from "../../../plan/evaluate.ts";
import { packs } from "../../../policy/packs.ts";
import { LevelsError, readLevels } from "../../../policy/run/levels.ts";
import { suggestion } from "../../../policy/run/suggestion.ts";
import { ownLevels } from "../own-packs.ts";

const rules = [...packs.values()].flat();
const read = (file: unknown) => readLevels(JSON.stringify(file), "levels.json", rules);

describe("A levels file", () => {
  it("gives every rule its level and every property, the defaults included", () => {
    const levels = read({
      "firehose-buffering": { enforcementLevel: "advisory", minMiB: 128 },
      "athena-metrics": "mandatory",
    });
    assert.deepEqual(
      [...levels.keys()],
      rules.map(({ name }) => name),
    );
    assert.deepEqual(levels.get("firehose-buffering"), {
      level: "advisory",
      properties: { exempt: [], minMiB: 128, minSeconds: 60, maxSeconds: 900 },
    });
    assert.equal(levels.get("athena-metrics")?.level, "mandatory");
    assert.equal(levels.get("kinesis-encryption")?.level, "mandatory");
  });

  it("sets all other rules' level by `all`, as the engine does", () => {
    const levels = read({ all: "disabled", "athena-metrics": "advisory" });
    assert.equal(levels.get("athena-metrics")?.level, "advisory");
    assert.equal(levels.get("kinesis-encryption")?.level, "disabled");
  });

  const mistakes: Record<string, [unknown, RegExp]> = {
    "a rule that does not exist": [
      { "firehose-bufering": "advisory" },
      /"firehose-bufering" is no rule. Did you mean "firehose-buffering"/,
    ],
    "a property that does not exist": [
      { "firehose-buffering": { enforcementLevel: "mandatory", minMb: 5 } },
      /firehose-buffering: .*minMb/,
    ],
    "a value of the wrong type": [
      { "firehose-buffering": { enforcementLevel: "mandatory", minMiB: "5" } },
      /firehose-buffering: minMiB: /,
    ],
    "a value out of range": [
      { "firehose-buffering": { enforcementLevel: "mandatory", minMiB: 500 } },
      /minMiB: .*128/,
    ],
    "a pattern that is no regular expression": [
      { "stateful-protection": { enforcementLevel: "mandatory", stacks: ["["] } },
      /stacks\.0: is no regular expression/,
    ],
    "a level that does not exist": [
      { "athena-metrics": "warning" },
      /athena-metrics: the level is one of advisory, .*not "warning"/,
    ],
    "an object without a level, which the engine takes as advisory": [
      { "athena-metrics": {} },
      /athena-metrics: say its enforcementLevel/,
    ],
    "an exemption without a match": [
      { "athena-metrics": { enforcementLevel: "advisory", exempt: [{ reason: "x" }] } },
      /exempt\.0\.match/,
    ],
    "no object": [["athena-metrics"], /holds no object/],
  };
  for (const [title, [file, says]] of Object.entries(mistakes)) {
    it(`with ${title} is refused`, () => {
      assert.throws(
        () => read(file),
        (error: Error) => error instanceof LevelsError && says.test(error.message),
      );
    });
  }

  it("with several mistakes names them all", () => {
    assert.throws(() => read({ one: "advisory", two: "advisory" }), /"one" is no rule.*\n.*"two" is no rule/);
  });

  it("that is no JSON is refused", () => {
    assert.throws(() => readLevels("{", "levels.json", rules), /levels.json is no valid JSON/);
  });

  it("exists, and is right, for every stack", async () => {
    const stacks = (await readdir(ownFolder)).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
    const files = await readdir(join(ownFolder, "policy", "levels"));
    assert.deepEqual(files.sort(), stacks.map((stack) => `${stack}.json`).sort());
    for (const stack of stacks) assert.equal((await ownLevels(stack)).size, rules.length);
  });
});

describe("A suggestion", () => {
  it("is the name that shares the most words, or none", () => {
    assert.equal(
      suggestion("s3-versions-lifecycle", ["s3-lifecycle", "kinesis-retention"]),
      ` Did you mean "s3-lifecycle"?`,
    );
    assert.equal(suggestion("xyz", ["s3-lifecycle"]), "");
  });
});
