import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { ownFolder } from "../../plan/evaluate.ts";

/** What sluice's project folder is made of for Pulumi, beside its packages. */
const parts = [
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "Pulumi.prod.yaml",
  "package.json",
  "infra",
  "pipelines",
  "datasets",
  "queries",
  "schema",
  "athena",
  "aws",
  "pipelines",
];

/** Copies sluice's project: the CLI writes to its stack files, and tests change its configuration. */
export async function copyProject(folder: string): Promise<void> {
  for (const part of parts) await cp(join(ownFolder, part), join(folder, part), { recursive: true });
  await symlink(join(ownFolder, "node_modules"), join(folder, "node_modules"));
}

/** Sets keys of a stack's configuration in a copied project. */
export async function configure(
  folder: string,
  stack: string,
  settings: Record<string, unknown>,
): Promise<void> {
  const file = join(folder, `Pulumi.${stack}.yaml`);
  const document = parseDocument(await readFile(file, "utf8"));
  for (const [key, value] of Object.entries(settings)) document.setIn(["config", `sluice:${key}`], value);
  await writeFile(file, document.toString());
}
