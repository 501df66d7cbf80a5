import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { datasets } from "../datasets/index.ts";
import { dictionaryOf } from "../datasets/dictionary.ts";
import { format, resolveConfig } from "prettier";

// Writes the pages that are derived from the code; with --check, says which of them are out of date.

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = new Map<string, string>(
  [...datasets.values()].map((dataset) => [`docs/data-dictionary/${dataset.name}.md`, dictionaryOf(dataset)]),
);

const check = process.argv.includes("--check");
let stale = 0;
for (const [path, text] of pages) {
  const file = `${root}${path}`;
  const wanted = await format(text, { ...(await resolveConfig(file)), parser: "markdown" });
  const found = await readFile(file, "utf8").catch(() => undefined);
  if (found === wanted) continue;
  if (check) {
    stale++;
    console.error(`${path} is not what the code says. Run \`npm run docs\` and commit it.`);
  } else {
    await mkdir(new URL(".", `file://${file}`), { recursive: true });
    await writeFile(file, wanted);
    console.error(`wrote ${path}`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;
