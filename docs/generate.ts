import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { declaredPipelines } from "../pipelines/from-plan.ts";
import { evaluateStack } from "../plan/evaluate.ts";
import { dictionaryPages } from "../schema/dictionary.ts";
import { defaultsTable } from "./defaults-table.ts";
import { packs } from "../policy/packs.ts";
import { rulesPage, rulesTable } from "./rule-pages.ts";
import { replaceSection } from "./section.ts";

// Writes the pages that are derived from the code; with --check, says which of them are out of date.

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFile(`${root}${path}`, "utf8").catch(() => undefined);

/** Each page's text, by its path from the project's root. */
const pages = new Map<string, string>();
const dictionary = "docs/data-dictionary/";
const plan = await evaluateStack({ stack: "local", folder: root });
for (const [name, text] of dictionaryPages(declaredPipelines(plan).map(({ declared }) => declared.dataset))) {
  pages.set(`${dictionary}${name}`, text);
}
pages.set(
  "docs/settings.md",
  replaceSection((await read("docs/settings.md")) ?? "", "defaults", defaultsTable()),
);
for (const pack of packs.keys()) {
  pages.set(`docs/rules/${pack}.md`, rulesPage(pack));
  const readme = `policy/${pack}/README.md`;
  pages.set(readme, replaceSection((await read(readme)) ?? "", "rules", rulesTable(pack)));
}

const check = process.argv.includes("--check");
for (const [path, text] of pages) {
  const file = `${root}${path}`;
  const wanted = await format(text, { ...(await resolveConfig(file)), parser: "markdown" });
  const found = await read(path);
  // A new dataset is a file, no more: its page may come later, but one that is there must be right.
  if (found === wanted || (check && found === undefined && path.startsWith(dictionary))) continue;
  if (check) {
    process.exitCode = 1;
    console.error(`${path} is not what the code says. Run \`npm run docs\` and commit it.`);
  } else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, wanted);
    console.error(`wrote ${path}`);
  }
}
