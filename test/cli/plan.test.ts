import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { inTemporaryFolder, runCli, type CliResult } from "../helpers/run-cli.ts";

/** Plans a program of its own in a folder of its own, named by a relative path. */
function planProgram(program: string, ...flags: string[]): Promise<CliResult> {
  return inTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "demo"));
    await writeFile(join(folder, "demo", "Pulumi.yaml"), "name: demo\nruntime: nodejs\n");
    await writeFile(join(folder, "demo", "Pulumi.dev.yaml"), "");
    await writeFile(join(folder, "demo", "package.json"), '{"type":"module"}');
    await writeFile(join(folder, "demo", "index.ts"), program);
    const { stderr, ...result } = await runCli(["plan", "--folder", "demo", ...flags], { cwd: folder });
    return { ...result, stderr: stderr.replaceAll(folder, "") };
  });
}

describe("sluice plan", () => {
  it("shows the tree of a stack's resources and how many they are", async () => {
    const { exitCode, stdout, stderr } = await runCli(["plan", "--stack", "prod"]);
    assert.deepEqual([exitCode, stderr], [0, ""]);
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines[0], "pulumi:pulumi:Stack sluice-prod");
    assert.ok(lines.includes("│  │  ├─ aws:kms/key:Key access-log-key  [protected]"));
    const { deployment } = await evaluateStack({ stack: "prod" });
    const custom = deployment.resources.filter(({ custom, type }) => custom && !type.includes(":providers:"));
    const types = new Set(custom.map(({ type }) => type));
    assert.equal(lines.at(-1), `${custom.length} resources of ${types.size} types`);
  });

  it("--json prints the plan as one document and nothing else", async () => {
    const { exitCode, stdout, stderr } = await runCli(["plan", "--json"]);
    assert.deepEqual([exitCode, stderr], [0, ""]);
    assert.deepEqual(JSON.parse(stdout) as DeploymentDocument, await evaluateStack({ stack: "dev" }));
  });

  it("--unknowns evaluates as a preview does", async () => {
    const { stdout } = await runCli(["plan", "--json", "--unknowns"]);
    const preview = await evaluateStack({ stack: "dev", unknowns: true });
    assert.deepEqual(JSON.parse(stdout) as DeploymentDocument, preview);
  });

  it("keeps apart what the program itself prints", async () => {
    const { exitCode, stdout, stderr } = await planProgram('console.log("hello"); export {};\n', "--json");
    assert.deepEqual([exitCode, stderr], [0, "hello\n"]);
    assert.equal((JSON.parse(stdout) as DeploymentDocument).version, 3);
  });

  it("tells the error of somebody's program with its place there", async () => {
    const program =
      "const owner: string | undefined = process.argv[99];\nexport const name = owner!.length;\n";
    const { exitCode, stdout, stderr } = await planProgram(program);
    assert.deepEqual([exitCode, stdout], [1, ""]);
    assert.equal(
      stderr,
      "sluice: TypeError: Cannot read properties of undefined (reading 'length')\n    at /demo/index.ts:2:28\n",
    );
  });

  for (const [what, args, message] of [
    ["an unknown stack", ["--stack", "staging"], /^sluice: no stack "staging": .* has dev, local, prod\.\n$/],
    ["a folder without a project", ["--folder", "docs"], /docs holds no Pulumi\.yaml\. Run this in a Pulumi/],
    ["an unknown flag", ["--jsonn"], /^error: unknown option '--jsonn'\n/],
    ["a flag without its value", ["--stack"], /^error: option '--stack <name>' argument missing\n/],
    ["an argument", ["prod"], /^error: too many arguments for 'plan'/],
  ] as const) {
    it(`ends with 2 and a short message for ${what}`, async () => {
      const { exitCode, stdout, stderr } = await runCli(["plan", ...args]);
      assert.deepEqual([exitCode, stdout], [2, ""]);
      assert.match(stderr, message);
      assert.ok(stderr.split("\n").length <= 4 && !/^ +at /m.test(stderr), stderr);
    });
  }

  it("ends with 2 and all mistakes of a configuration", async () => {
    const program = `import { SettingsError } from "${new URL("../../infra/settings.ts", import.meta.url).href}";
throw new SettingsError("Pulumi.dev.yaml", [{ key: "demo:owner", value: undefined, rule: "required" }]);\n`;
    const { exitCode, stdout, stderr } = await planProgram(program);
    assert.deepEqual([exitCode, stdout], [2, ""]);
    assert.equal(stderr, "sluice: Pulumi.dev.yaml has a mistake:\n  demo:owner: not set - required\n");
  });

  it("shows its options with --help", async () => {
    const { exitCode, stdout } = await runCli(["plan", "--help"]);
    assert.equal(exitCode, 0);
    for (const flag of ["--stack <name>", "--folder <path>", "--unknowns", "--json"]) {
      assert.ok(stdout.includes(flag), flag);
    }
  });
});
