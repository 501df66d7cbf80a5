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

/** Follows a page from its top: writes the files that it shows, runs its commands. */
async function follow(blocks: readonly Block[], folder: string): Promise<void> {
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
