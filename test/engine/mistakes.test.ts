import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Engine } from "./engine.ts";
import { configure } from "./project-copy.ts";
import { describeWithPulumi } from "./with-pulumi.ts";

describeWithPulumi("the real engine and mistakes", () => {
  let engine: Engine;

  beforeEach(async () => {
    engine = await Engine.start("eu-central-1");
    await engine.succeed("stack", "init", "dev");
  });

  afterEach(() => engine.stop());

  it("a configuration with three mistakes ends the preview with one message that names them all", async () => {
    await configure(engine.project, "dev", { rawBackup: "yes", alarms: "no", logGroup: "other" });
    const { code, stdout } = await engine.run("preview", "--json");
    assert.equal(code, 1);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { severity: string; message: string }[] };
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim()),
      [
        [
          "error: Pulumi.dev.yaml has 3 mistakes:",
          '  sluice:rawBackup: "yes" - true or false',
          '  sluice:alarms: "no" - true or false',
          '  sluice:logGroup: "other" - no such setting: check its spelling',
        ].join("\n"),
      ],
    );
  });

  it("a resource whose need was never declared is refused by the stand-in, as by AWS", async () => {
    const program = [
      `import { BucketVersioning } from "@pulumi/aws/s3/index.js";`,
      `new BucketVersioning("lone", { bucket: "nowhere", versioningConfiguration: { status: "Enabled" } });`,
    ].join("\n");
    await writeFile(join(engine.project, "infra", "index.ts"), program);
    const { code, stdout } = await engine.run("up", "--yes", "--skip-preview");
    assert.notEqual(code, 0);
    assert.match(stdout, /NoSuchBucket: nowhere does not exist/);
  });
});
