import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inTemporaryFolder } from "./run-cli.ts";
import { root } from "./sources.ts";

/** A module that declares a dataset for such a project. */
export const visitsModule = `import { defineDataset } from "sluice";
export const visits = defineDataset({
  name: "visits",
  description: "One visit of a page.",
  columns: {
    id: { type: "string", description: "Identifies the visit." },
    at: { type: "timestamp", description: "When it was, UTC.", required: true },
  },
  eventTime: "at",
  eventId: "id",
  timeZone: "UTC",
  since: "2026-11-01",
});
`;

/**
 * Another Pulumi project, with sluice among its packages: the package's entry is this checkout's source, so that a
 * program is tried with the code as it is and not as it was built last.
 */
export async function inOtherProject<T>(
  files: Record<string, string>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    const sluice = join(folder, "node_modules", "sluice");
    await mkdir(sluice, { recursive: true });
    await symlink(join(root, "sluice.ts"), join(sluice, "sluice.ts"));
    await symlink(join(root, "node_modules", "@pulumi"), join(folder, "node_modules", "@pulumi"));
    const all = {
      "node_modules/sluice/package.json": JSON.stringify({
        name: "sluice",
        type: "module",
        exports: "./sluice.ts",
      }),
      "package.json": JSON.stringify({ name: "shop", type: "module" }),
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "config:\n  aws:region: eu-central-1\n",
      ...files,
    };
    for (const [name, content] of Object.entries(all)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return work(folder);
  });
}
