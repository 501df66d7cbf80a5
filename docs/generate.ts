import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { dictionaryOf } from "../schema/dictionary.ts";
import { datasets } from "../datasets/index.ts";
import { defaultsTable } from "./defaults-table.ts";
import { packs } from "../policy/packs.ts";
import { rulesPage, rulesTable } from "./rule-pages.ts";
import { replaceSection } from "./section.ts";

// Writes the pages that are derived from the code; with --check, says which of them are out of date.

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFile(`${root}${path}`, "utf8").catch(() => undefined);

/** Each page's text, by its path from the project's root. */
const pages = new Map<string, string>();
for (const dataset of datasets.values()) {
  pages.set(`docs/data-dictionary/${dataset.name}.md`, dictionaryOf(dataset));
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
  if ((await read(path)) === wanted) continue;
  if (check) {
    process.exitCode = 1;
    console.error(`${path} is not what the code says. Run \`npm run docs\` and commit it.`);
  } else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, wanted);
    console.error(`wrote ${path}`);
  }
}
