import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksOf, commandsOf, problemsOf, valueOf, type Block } from "./helpers/pages/blocks.ts";
import { assertCompiles, copyCheckout } from "./helpers/pages/checkout-copy.ts";
import { Reader } from "./helpers/pages/reader.ts";
import { inTemporaryFolder } from "./helpers/run-cli.ts";
import { root, trackedFiles } from "./helpers/sources.ts";

const pages = trackedFiles().filter((path) => path === "README.md" || /^docs\/.*\.md$/.test(path));
const blocksIn = (page: string) => blocksOf(readFileSync(join(root, page), "utf8"));

/** Follows a page from its top: writes the files that it shows, runs its commands. Nothing runs while a block is wrong. */
async function follow(blocks: readonly Block[], folder: string): Promise<void> {
  assert.deepEqual(blocks.flatMap(problemsOf), []);
  const checkout = join(folder, "sluice");
  await copyCheckout(checkout);
  const programs = new Set<string>();
  await using reader = new Reader(checkout, join(folder, "memory"));
  for (const { line, text, language, markers } of blocks) {
    const file = valueOf(markers, "file");
    if (file !== undefined) {
      const path = await reader.write(file, text);
      if (language === "ts") programs.add(path);
    }
    if (language !== "sh" || valueOf(markers, "needs") !== undefined) continue;
    const commands = commandsOf(text);
    const code = Number(valueOf(markers, "exits") ?? 0);
    for (const [index, command] of commands.entries()) {
      const { exitCode, printed } = await reader.run(command);
      const expected = index === commands.length - 1 ? code : 0;
      assert.equal(exitCode, expected, `line ${line}: ${command}\nended with ${exitCode}:\n${printed}`);
    }
  }
  if (programs.size > 0) await assertCompiles(checkout, [...programs]);
}

/** What a reader has beside Node: a machine may lack it. */
function toolsOf(blocks: readonly Block[]): string[] {
  return ["curl", "jq"].filter((tool) => blocks.some(({ text }) => new RegExp(`\\b${tool}\\b`).test(text)));
}

const isInstalled = (tool: string) => spawnSync("which", [tool]).status === 0;

describe("the commands in README and docs", function () {
  this.timeout(180_000);
  this.slow(60_000);

  it("every fenced block has a language, and a marker means something", () => {
    const wrong = pages.flatMap((page) =>
      blocksIn(page).flatMap((block) =>
        problemsOf(block).map((problem) => `${page}:${block.line}: ${problem}`),
      ),
    );
    assert.deepEqual(wrong, []);
  });

  it("each mistake of a block is found", () => {
    const problems = (page: string) => blocksOf(page).flatMap(problemsOf);
    const sh = (marker: string, commands: string) => problems(`${marker}\n\n\`\`\`sh\n${commands}\n\`\`\`\n`);
    assert.deepEqual(sh("text", "npx sluice plan # well"), []);
    assert.deepEqual(sh("<!-- needs: account -->", "# first\npulumi \\\n  up"), []);
    assert.deepEqual(problems("```\nnpx sluice plan\n```\n"), [
      "no language: sh for commands, text for what is printed",
    ]);
    assert.deepEqual(problems("```bash\nnpx sluice plan\n```\n"), ['"bash": commands are sh']);
    assert.deepEqual(sh("<!-- skip: it -->", "ls"), ['"skip" is no marker: use needs, exits, file']);
    assert.match(
      sh("<!-- needs: patience -->", "ls").join(),
      /^needs "patience": before commands, one of account/,
    );
    assert.match(sh("<!-- file: a.sh -->", "ls").join(), /^file "a.sh": before the text of a file/);
    assert.match(problems("<!-- file: ../a -->\n```ts\n1;\n```\n").join(), /^file "..\/a"/);
    assert.deepEqual(sh("<!-- needs: account -->", "npx sluice plan"), [
      "none of its commands needs an AWS account: drop the marker",
    ]);
    assert.deepEqual(sh("", "npm ci && npm start"), [
      `"npm ci && npm start" can't be run: say what it needs`,
    ]);
  });

  it("a command that ends otherwise than the page says fails it, and so does a program that does not compile", () =>
    inTemporaryFolder(async (folder) => {
      const followed = (name: string, page: string) => follow(blocksOf(page), join(folder, name));
      await followed(
        "right",
        "```sh\nmkdir a && cd a\nNAME=b\n```\n<!-- exits: 3 -->\n```sh\nls ../a\n[ $NAME = b ] && exit 3\n```\n",
      );
      await assert.rejects(
        followed("wrong", "```sh\nnpx sluice plann\nls\n```\n"),
        /line 2: npx sluice plann\nended with 2/,
      );
      await assert.rejects(followed("absent", "```sh\nnpx sluicee | cat\n```\n"), /ended with 127/);
      const program =
        '<!-- file: a.ts -->\n```ts\nimport { layoutOf } from "sluice";\nexport const a: number = layoutOf;\n```\n';
      await assert.rejects(followed("program", program), /a\.ts\(2,14\): error TS2322/);
    }));

  for (const page of pages) {
    const blocks = blocksIn(page);
    const isRun = ({ language, markers }: Block) =>
      language === "sh" && valueOf(markers, "needs") === undefined;
    if (!blocks.some(isRun)) continue;
    it(`${page} can be followed`, function () {
      const missing = toolsOf(blocks.filter(isRun)).filter((tool) => !isInstalled(tool));
      if (missing.length === 0) return inTemporaryFolder((folder) => follow(blocks, folder));
      console.log(`${page} is not followed: no ${missing.join(", ")} on PATH`);
      this.skip();
    });
  }
});
