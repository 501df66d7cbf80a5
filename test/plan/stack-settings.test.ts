import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stackSettings } from "../../plan/stack-settings.ts";
import { inTemporaryFolder } from "../helpers/run-cli.ts";

function settingsIn(content: string, stack = "prod") {
  return inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "Pulumi.prod.yaml"), content);
    return Object.fromEntries(await stackSettings(folder, "shop", stack));
  });
}

describe("a stack's settings", () => {
  it("have the line of their key, the project's name before short keys, and their value as text", async () => {
    const content = `# About this stack.
config:
  aws:region: eu-west-1
  shop:hours: 24 # a day
  small: true

  "shop:list": [a, 1]
`;
    const file = "Pulumi.prod.yaml";
    assert.deepEqual(await settingsIn(content), {
      "aws:region": { value: "eu-west-1", file, line: 3, column: 3 },
      "shop:hours": { value: "24", file, line: 4, column: 3 },
      "shop:small": { value: "true", file, line: 5, column: 3 },
      "shop:list": { value: '["a",1]', file, line: 7, column: 3 },
    });
  });

  for (const [what, content, stack] of [
    ["in an empty file", "", "prod"],
    ["without a configuration", "encryptionsalt: v1\n", "prod"],
    ["in a file that is no YAML", "config: [\n", "prod"],
    ["in a file that is not there", "config:\n  a: b\n", "dev"],
  ] as const) {
    it(`are none ${what}`, async () => assert.deepEqual(await settingsIn(content, stack), {}));
  }
});
