import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Resource } from "@pulumi/pulumi";
import { evaluateStack } from "../../plan/evaluate.ts";
import { framePosition, readSourcePosition, sourcePosition } from "../../plan/source-position.ts";
import { inOtherProject } from "../helpers/other-project.ts";

/** A frame as Pulumi's SDK makes it of what a stack trace names. */
const frameOf = (file: string) => ({
  getUri: () => pathToFileURL(file).href,
  getLine: () => 3,
  getColumn: () => 5,
});

describe("a source position", () => {
  for (const [what, position, expected] of [
    ["of a CommonJS module", "project:///src/index.ts#3,5", { file: "src/index.ts", line: 3, column: 5 }],
    ["without a column", "project:///index.ts#3", { file: "index.ts", line: 3, column: 1 }],
    ["with other letters", "project:///my%20c%23/%C3%A4.ts#3,5", { file: "my c#/ä.ts", line: 3, column: 5 }],
    ["with a bare percent sign", "project:///100%/a.ts#3,5", { file: "100%/a.ts", line: 3, column: 5 }],
    [
      "of an ES module, as the engine stores it",
      "project:///infra/file:/home/infra/my%2520shop/infra/parts/a.ts#3,5",
      { file: "infra/parts/a.ts", absoluteFile: "/home/infra/my shop/infra/parts/a.ts", line: 3, column: 5 },
    ],
    [
      "of an ES module in a project whose program is at its root",
      "project:///file:/home/me/shop/index.ts#3,5",
      { file: "index.ts", absoluteFile: "/home/me/shop/index.ts", line: 3, column: 5 },
    ],
    [
      "of an ES module outside of the working folder",
      "project:///infra/file:/home/me/shop/common/a.ts#3,5",
      { file: "a.ts", absoluteFile: "/home/me/shop/common/a.ts", line: 3, column: 5 },
    ],
    ["that is none", "infra/index.ts:3", undefined],
  ] as const) {
    it(`${what} is read`, () => assert.deepEqual(readSourcePosition(position), expected));
  }

  for (const [what, file] of [
    ["a path", "/home/me/shop/src/c d.ts"],
    ["a URL", "file:///home/me/shop/src/c%20d.ts"],
    ["a URL under which a program is run anew", "file:///home/me/shop/src/c%20d.ts?evaluation=2"],
  ] as const) {
    it(`of a frame that names ${what} is the file's, from the folder`, () => {
      assert.equal(sourcePosition("/home/me/shop", frameOf(file)), "project:///src/c%20d.ts#3,5");
    });
  }

  for (const [frame, file] of [
    ["    at declare (file:///shop/index.ts:3:5)", "file:///shop/index.ts"],
    ["    at new Shop [as x] (/shop/a (copy).ts:3:5)", "/shop/a (copy).ts"],
    ["    at file:///shop/index.ts:3:5", "file:///shop/index.ts"],
    ["    at async file:///shop/index.ts:3:5", "file:///shop/index.ts"],
    ["    at async declare (file:///shop/index.ts:3:5)", "file:///shop/index.ts"],
    [
      "    at ModuleJob.run (node:internal/modules/esm/module_job:343:25)",
      "node:internal/modules/esm/module_job",
    ],
    ["    at async Promise.all (index 0)", undefined],
    ["    at new Promise (<anonymous>)", undefined],
  ] as const) {
    it(`is ${file === undefined ? "not " : ""}found in "${frame.trim()}"`, () => {
      assert.equal(framePosition.exec(frame)?.groups?.["file"], file);
    });
  }

  it("is known of a resource that an ES module declares at its top level, in a linked folder too", async () => {
    // It is put back: a program that runs beside an evaluation has the SDK as it is.
    const ofSdk = () => (Resource as unknown as { framePositionRegExp: RegExp }).framePositionRegExp;
    const program = `import { Bucket } from "@pulumi/aws/s3/index.js";\n\nnew Bucket("lake");\n`;
    const positions = await inOtherProject({ "my shop/index.ts": program }, async (folder) => {
      await mkdir(join(folder, "links"));
      await symlink(join(folder, "my shop"), join(folder, "links", "shop"));
      for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml"])
        await writeFile(
          join(folder, "my shop", file),
          file === "Pulumi.yaml" ? "name: shop\nruntime: nodejs\n" : "",
        );
      const plan = await evaluateStack({ stack: "dev", folder: join(folder, "links", "shop") });
      return plan.deployment.resources
        .filter(({ type }) => type === "aws:s3/bucket:Bucket")
        .map(({ sourcePosition, stackTrace }) => ({ sourcePosition, stackTrace }));
    });
    assert.notEqual(ofSdk(), framePosition);
    const sourcePosition = "project:///index.ts#3,1";
    assert.deepEqual(positions, [{ sourcePosition, stackTrace: [{ sourcePosition }] }]);
  });
});
