import assert from "node:assert/strict";
import { touchedStacks } from "../../policy/touched-stacks.ts";

const stacks = ["dev", "local", "prod"];

describe("The stacks that a change touches", () => {
  const cases: Record<string, [string[], string[]]> = {
    "are all when the program changes": [["infra/parts/lake-bucket.ts"], stacks],
    "are all when a rule changes": [["policy/cost/rules/s3-lifecycle.ts", "Pulumi.dev.yaml"], stacks],
    "are all when a dependency changes": [["package-lock.json"], stacks],
    "are one when its configuration changes": [["Pulumi.prod.yaml"], ["prod"]],
    "are one when its levels change": [["policy/levels/dev.json", "README.md"], ["dev"]],
    "are none when only a page changes": [["docs/rules/cost.md", "bench/run.ts"], []],
    "are none of those that are gone": [["Pulumi.old.yaml"], []],
  };
  for (const [title, [paths, touched]] of Object.entries(cases)) {
    it(title, () => assert.deepEqual(touchedStacks(paths, stacks), touched));
  }
});
