import assert from "node:assert/strict";
import { esModules, inProgramFolder, ordersDataset } from "../helpers/program-folder.ts";
import { runCli, type CliResult } from "../helpers/run-cli.ts";

const es = `import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";
import * as sluice from "sluice";
${ordersDataset}`;
const linesBefore = es.split("\n").length - 1;

/** What a command says in a project's folder; the folder's path is cut off. */
function inProject(files: Record<string, string | undefined>, ...args: string[]): Promise<CliResult> {
  return inProgramFolder({ ...esModules, ...files }, async (folder) => {
    const { stderr, ...result } = await runCli(args, { cwd: folder });
    return { ...result, stderr: stderr.replaceAll(`${folder}/`, "") };
  });
}

const plan = ["plan", "--stack", "local"];

describe("a bad program is answered with its own mistake", () => {
  const cases: {
    what: string;
    files: Record<string, string | undefined>;
    stderr: string;
    exitCode?: 1 | 2;
  }[] = [
    {
      what: "an error, with all of its places in the program and no other",
      files: {
        "index.ts": 'import { declare } from "./parts/lake.ts";\n\ndeclare(undefined);\n',
        "parts/lake.ts": "export function declare(name: string) {\n  return name.length;\n}\n",
      },
      stderr:
        "sluice: TypeError: Cannot read properties of undefined (reading 'length')\n" +
        "    at declare (parts/lake.ts:2:15)\n    at index.ts:3:1\n",
    },
    {
      what: "the same in CommonJS, where TypeScript is compiled",
      files: {
        "package.json": "{}",
        "index.ts": 'import { declare } from "./lake";\n\n\ndeclare(undefined!);\n',
        "lake.ts": "interface Unused {}\nexport function declare(name: string) {\n  return name.length;\n}\n",
      },
      stderr:
        "sluice: TypeError: Cannot read properties of undefined (reading 'length')\n" +
        "    at declare (lake.ts:3:15)\n    at Object.<anonymous> (index.ts:4:8)\n",
    },
    {
      what: "a rejected Output",
      files: {
        "index.ts":
          'import * as pulumi from "@pulumi/pulumi";\n\n' +
          'pulumi.output("lake").apply((name) => {\n  throw new RangeError(`${name} is too deep`);\n});\n',
      },
      stderr: "sluice: RangeError: lake is too deep\n    at index.ts:4:9\n",
    },
    {
      what: "two pipelines of one name, in the engine's words",
      files: {
        "index.ts": `${es}new sluice.EventPipeline("orders", owned);\nnew sluice.EventPipeline("orders", owned);\n`,
      },
      stderr:
        "sluice: Error: failed to register new resource orders [sluice:pipeline:EventPipeline]: Duplicate resource URN " +
        "'urn:pulumi:local::demo::sluice:pipeline:EventPipeline::orders'; try giving it a unique name\n" +
        `    at index.ts:${linesBefore + 2}:1\n`,
    },
    {
      what: "process.exit",
      files: { "index.ts": 'if (!process.env["NO_SUCH_VARIABLE"]) process.exit(3);\n' },
      stderr:
        "sluice: Error: the program calls process.exit(3): its resources can't be known. Throw an Error instead.\n" +
        "    at index.ts:1:47\n",
    },
    {
      what: "a package that is not installed",
      files: { "index.ts": 'import "lodash-es";\n' },
      stderr:
        'sluice: index.ts imports the package "lodash-es", which is not installed. Run `npm install` in FOLDER; ' +
        "if that does not help, `npm install lodash-es`.\n",
    },
    {
      what: "the same in CommonJS",
      files: { "package.json": "{}", "index.ts": 'import "lodash-es";\n' },
      stderr:
        'sluice: index.ts imports the package "lodash-es", which is not installed. Run `npm install` in FOLDER; ' +
        "if that does not help, `npm install lodash-es`.\n",
    },
    {
      what: "a module of its own that is not there",
      files: { "index.ts": 'import "./lake";\n' },
      stderr:
        "sluice: index.ts imports lake, which is not there. Check its path; an ES module names files with their endings.\n",
    },
    {
      what: "a syntax error in TypeScript",
      files: { "index.ts": 'const name: string = "a";\nconst size = = 2;\n' },
      stderr:
        'sluice: index.ts:2\nconst name: string = "a";\nconst size = = 2;\n             ^\n\n' +
        "SyntaxError [ERR_INVALID_TYPESCRIPT_SYNTAX]: Expression expected\n",
    },
    {
      what: "a syntax error in JavaScript",
      files: { "index.js": 'import "./lake.js";', "lake.js": "const name = 1;\nconst size = = 2;\n" },
      stderr: "sluice: lake.js:2\nconst size = = 2;\n             ^\n\nSyntaxError: Unexpected token '='\n",
    },
    {
      what: "something thrown that is no Error",
      files: { "index.ts": 'throw "no owner";\n' },
      stderr: "sluice: the program threw no owner, which is no Error.\n",
    },
    {
      what: "missing configuration",
      files: {
        "index.ts": 'import * as pulumi from "@pulumi/pulumi";\nnew pulumi.Config().require("owner");\n',
      },
      stderr:
        "sluice: Missing required configuration variable 'demo:owner'\n" +
        "\tplease set a value using the command `pulumi config set demo:owner <value>`\n",
    },
    {
      what: "a default export beside named ones",
      files: { "index.ts": "export const a = 1;\nexport default () => ({});\n" },
      stderr:
        "sluice: Error: the program has a default export and named ones beside it: Pulumi takes the one or the others.\n",
    },
    {
      what: "a promise that nothing settles",
      files: { "index.ts": "export default async () => { await new Promise(() => {}); };\n" },
      stderr:
        "sluice: the program waits for a promise that nothing settles: a top-level await, or what it exports.\n" +
        "Nothing is left that could settle it, so the program never ends.\n",
    },
    {
      what: "a resource whose input is never known",
      files: {
        "index.ts":
          'import * as aws from "@pulumi/aws";\nnew aws.s3.Bucket("lake", { bucket: new Promise<string>(() => {}) });\n',
      },
      stderr:
        'sluice: the program waits for the bucket of aws:s3/bucket:Bucket "lake".\n' +
        "Nothing is left that could settle it, so the program never ends.\n",
    },
    {
      what: "a project without a runtime",
      files: { "Pulumi.yaml": "name: demo\n", "index.ts": "export {};" },
      stderr: 'sluice: Pulumi.yaml names no runtime. Add the line "runtime: nodejs".\n',
      exitCode: 2,
    },
    {
      what: "a project in another language",
      files: { "Pulumi.yaml": "name: demo\nruntime:\n  name: python\n" },
      stderr:
        'sluice: Pulumi.yaml: the runtime is "python". sluice evaluates programs in TypeScript and JavaScript: runtime nodejs.\n',
      exitCode: 2,
    },
    {
      what: "a project without a program",
      files: {},
      stderr: "sluice: Pulumi.yaml: there is no index.ts or index.js. Name the program's file as main.\n",
      exitCode: 2,
    },
    {
      what: "a package.json that is no JSON",
      files: { "package.json": "{", "index.ts": "export {};" },
      stderr:
        "sluice: package.json is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)\n",
      exitCode: 2,
    },
  ];
  for (const { what, files, stderr, exitCode = 1 } of cases) {
    it(what, async () => {
      const result = await inProject(files, ...plan);
      assert.equal(result.stderr.replace(/in \/\S+;/, "in FOLDER;"), stderr);
      assert.deepEqual([result.exitCode, result.stdout], [exitCode, ""]);
    });
  }

  it("a promise that only something endless could settle: it is said after some seconds", () =>
    inProgramFolder(
      {
        ...esModules,
        "index.ts":
          'import * as aws from "@pulumi/aws";\nsetInterval(() => {}, 1000);\n' +
          'new aws.s3.Bucket("lake", { bucket: new Promise<string>(() => {}) });\n',
      },
      async (cwd) => {
        const said =
          'The program still runs after 5 s: the program waits for the bucket of aws:s3/bucket:Bucket "lake".';
        const { stdout, stderr } = await runCli(plan, {
          cwd,
          interruptWhen: { stderrHolds: "Ctrl-C ends it.", signal: "SIGINT" },
        });
        assert.deepEqual([stdout, stderr], ["", `${said} Ctrl-C ends it.\n`]);
      },
    ));

  it("by every command that evaluates it", async () => {
    const files = { "index.ts": `\nthrow new Error("no owner in ${linesBefore} lines");\n` };
    for (const args of [
      plan,
      ["start"],
      ["policy", "--stack", "local"],
      ["send", "--to", "http", "--url", "http://127.0.0.1:1/", "--generate", "1"],
      ["query", "list", "--local-file"],
    ]) {
      const result = await inProject(files, ...args);
      assert.equal(
        result.stderr,
        `sluice: Error: no owner in ${linesBefore} lines\n    at index.ts:2:7\n`,
        args[0],
      );
      assert.deepEqual([result.exitCode, result.stdout], [1, ""]);
    }
  }).timeout(60_000);
});

describe("a program without a pipeline", () => {
  const files = {
    "index.ts": 'import * as aws from "@pulumi/aws";\nnew aws.sns.Topic("topic", { name: "topic" });\n',
  };
  const message =
    "sluice: the program declares no pipeline. Declare one: new EventPipeline(name, { dataset, ... }).\n";

  it("can be planned", async () => {
    const { exitCode, stdout } = await inProject(files, ...plan);
    assert.equal(exitCode, 0);
    assert.match(stdout, /aws:sns\/topic:Topic topic/);
  });

  it("is refused where a pipeline is needed", async () => {
    for (const args of [
      ["start"],
      ["send", "--to", "http", "--url", "http://127.0.0.1:1/", "--generate", "1"],
      ["query", "list", "--local-file"],
    ]) {
      assert.deepEqual(await inProject(files, ...args), { exitCode: 1, stdout: "", stderr: message });
    }
  }).timeout(60_000);
});

describe("a table whose parameters say no dataset", () => {
  const program = (parameters: string) => ({
    "index.ts": `${es}
      const table = (args) => {
        args.parameters = pulumi.output(args.parameters).apply((given) => ({ ...given, ${parameters} }));
      };
      new sluice.EventPipeline("orders", { ...owned, transform: { table } });`,
  });
  const edits: [string, string, RegExp][] = [
    [
      "of another version",
      '"sluice.version": "2"',
      /: sluice: table "orders": its parameter sluice\.version is "2", this sluice reads "1"\./,
    ],
    [
      "edited by hand",
      '"sluice.column.amount": "cheap"',
      /: sluice: table "orders": its parameter sluice\.column\.amount is cheap: that is no description of a column\.\n/,
    ],
  ];
  for (const [what, parameters, message] of edits) {
    it(`is refused by each command that needs one, without a stack trace: ${what}`, async () => {
      for (const args of [
        ["start"],
        ["send", "--to", "http", "--url", "http://127.0.0.1:1/", "--generate", "1"],
        ["query", "list", "--local-file"],
      ]) {
        const result = await inProject(program(parameters), ...args);
        assert.match(`${args[0]}: ${result.stderr}`, message);
        assert.doesNotMatch(result.stderr, /^\s+at /m, result.stderr);
        assert.deepEqual([result.exitCode, result.stdout], [1, ""]);
      }
      assert.equal((await inProject(program(parameters), ...plan)).exitCode, 0);
    }).timeout(60_000);
  }
});

describe("what a program prints", () => {
  it("goes to stderr, by whatever way, so that --json stays one document", async () => {
    const files = {
      "index.ts":
        'console.log("one");\nprocess.stdout.write("two\\n");\nsetTimeout(() => console.info("three"), 5);\n' +
        "export default async () => new Promise((resolve) => setTimeout(resolve, 50));\n",
    };
    const { exitCode, stdout, stderr } = await inProject(files, ...plan, "--json");
    assert.deepEqual([exitCode, stderr], [0, "one\ntwo\nthree\n"]);
    assert.equal((JSON.parse(stdout) as { version: number }).version, 3);
  });
});
