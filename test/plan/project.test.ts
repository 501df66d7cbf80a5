import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { evaluateStack } from "../../plan/evaluate.ts";
import { projectFolderFrom, readStackFiles, stacksOf } from "../../plan/project.ts";
import { inTemporaryFolder } from "../helpers/run-cli.ts";

/** Writes a project's files and hands its folder over. */
async function inProject<T>(files: Record<string, string>, work: (folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    return work(folder);
  });
}

const project = {
  "Pulumi.yaml": "name: demo\nruntime: nodejs\nmain: program.ts\n",
  "program.ts": "export {};\n",
};
const stack = { "Pulumi.dev.yaml": "" };

describe("a project's files", () => {
  it("give the program, and the configuration as text, with the project's name before short keys", async () => {
    const files = {
      ...project,
      "Pulumi.dev.yaml":
        'config:\n  aws:region: eu-central-1\n  owner: web\n  demo:count: 3\n  demo:code: "0042"\n' +
        "  demo:on: false\n  demo:list: [a, b]\n  demo:deep:\n    key: value\n",
    };
    await inProject(files, async (folder) => {
      assert.deepEqual(await readStackFiles(folder, "dev"), {
        folder,
        project: "demo",
        stack: "dev",
        program: { main: join(folder, "program.ts"), workingFolder: folder, loader: "ts-node" },
        config: {
          "aws:region": "eu-central-1",
          "demo:owner": "web",
          "demo:count": "3",
          "demo:code": "0042",
          "demo:on": "false",
          "demo:list": '["a","b"]',
          "demo:deep": '{"key":"value"}',
        },
      });
    });
  });

  it("may set or propose a value for every stack, which a stack overrides", async () => {
    const files = {
      ...project,
      "Pulumi.yaml":
        "name: demo\nruntime: nodejs\nmain: program.ts\nconfig:\n  a: {default: 1}\n  b: {value: two}\n  c: {default: 3}\n  d: {type: string}\n",
      "Pulumi.dev.yaml": "config:\n  demo:a: 9\n",
    };
    await inProject(files, async (folder) => {
      const { config } = await readStackFiles(folder, "dev");
      assert.deepEqual(config, { "demo:a": "9", "demo:b": "two", "demo:c": "3" });
    });
  });

  it("take index.ts for the program where none is named, and an empty stack file for a stack", async () => {
    const files = { "Pulumi.yaml": "name: demo\nruntime: nodejs\n", "index.ts": "export {};\n", ...stack };
    await inProject(files, async (folder) => {
      const { program, config } = await readStackFiles(folder, "dev");
      assert.deepEqual([program.main, config], [join(folder, "index.ts"), {}]);
    });
  });

  it("tell the stacks there are", async () => {
    await inProject({ ...project, "Pulumi.prod.yaml": "", ...stack }, async (folder) => {
      assert.deepEqual(await stacksOf(folder), ["dev", "prod"]);
    });
    assert.deepEqual(await stacksOf("/nowhere"), []);
  });
});

describe("a project is refused", () => {
  const cases: [string, Record<string, string>, (folder: string) => string][] = [
    [
      "without a Pulumi.yaml",
      {},
      (folder) => `${folder} holds no Pulumi.yaml. Run this in a Pulumi project's folder.`,
    ],
    [
      "without the stack's file, naming the stacks there are",
      { ...project, "Pulumi.prod.yaml": "", "Pulumi.test.yaml": "" },
      (folder) => `no stack "dev": ${folder} has prod, test.`,
    ],
    ["without any stack", project, (folder) => `no stack "dev": ${folder} has none.`],
    [
      "when Pulumi.yaml is no YAML",
      { ...project, ...stack, "Pulumi.yaml": "name: [" },
      (folder) =>
        `${folder}/Pulumi.yaml is not YAML: Flow sequence in block collection must be sufficiently indented and end ` +
        "with a ] at line 1, column 8:",
    ],
    [
      "when the stack's file is no YAML",
      { ...project, "Pulumi.dev.yaml": "config:\n  a: 1\n  a: 2\n" },
      (folder) => `${folder}/Pulumi.dev.yaml is not YAML: Map keys must be unique at line 3, column 3:`,
    ],
    [
      "when Pulumi.yaml is a list",
      { ...project, ...stack, "Pulumi.yaml": "- name: demo\n" },
      (folder) => `${folder}/Pulumi.yaml: the file is no mapping of keys to values.`,
    ],
    [
      "when the configuration is text",
      { ...project, "Pulumi.dev.yaml": "config: fast\n" },
      () => "Pulumi.dev.yaml: config is no mapping of keys to values.",
    ],
    [
      "when it has no name",
      { ...project, ...stack, "Pulumi.yaml": "" },
      (folder) => `${folder}/Pulumi.yaml gives the project no name.`,
    ],
    [
      "when its program is not there",
      { ...project, ...stack, "Pulumi.yaml": "name: demo\nruntime: nodejs\nmain: infra/index.ts\n" },
      (folder) =>
        `${folder}/Pulumi.yaml: there is no program ${folder}/infra/index.ts. Name the program's file as main.`,
    ],
    [
      "when its configuration holds a secret",
      { ...project, "Pulumi.dev.yaml": "config:\n  demo:password:\n    secure: v1:abc\n" },
      () =>
        "Pulumi.dev.yaml: demo:password is a secret, and only the Pulumi CLI can decrypt it. Use `pulumi preview` " +
        "for this stack, or keep the secret out of its configuration.",
    ],
  ];
  for (const [what, files, message] of cases) {
    it(what, () =>
      inProject(files, async (folder) => {
        await assert.rejects(evaluateStack({ stack: "dev", folder }), {
          name: "ProjectError",
          message: message(folder),
          exitCode: 2,
        });
      }),
    );
  }

  it("are found from any folder of the project", () =>
    inProject(project, async (folder) => {
      await mkdir(join(folder, "infra/parts"), { recursive: true });
      assert.equal(projectFolderFrom(join(folder, "infra/parts")), folder);
      assert.equal(projectFolderFrom(folder), folder);
    }));

  it("are nowhere outside of one", () =>
    inTemporaryFolder((folder) => Promise.resolve(assert.equal(projectFolderFrom(folder), undefined))));
});
