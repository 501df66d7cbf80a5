import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { inTemporaryFolder } from "./run-cli.ts";
import { root } from "./sources.ts";

/** The files of somebody's project that are the same in most of them: a stack `local`, and the runtime. */
const usualFiles = {
  "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
  "Pulumi.local.yaml": 'config:\n  aws:region: eu-central-1\n  demo:accountId: "000000000000"\n',
};

/** Says that the files are ES modules. */
export const esModules = { "package.json": '{"type":"module"}' };

/** What sluice exports to programs, in place of the built package. */
const exported = ["infra/event-pipeline.ts", "infra/settings.ts", "schema/dataset.ts"];

/**
 * A Pulumi project of somebody else in a folder of its own: with the packages `sluice` and `@pulumi/*` installed.
 * @param files by path; those of `usualFiles` may be replaced, or left out as undefined.
 */
export function inProgramFolder<T>(
  files: Record<string, string | undefined>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    const packages = join(folder, "node_modules");
    const sluice = {
      "node_modules/sluice/package.json": '{"name":"sluice","type":"module","exports":"./index.js"}',
      "node_modules/sluice/index.js": exported
        .map((file) => `export * from "${pathToFileURL(join(root, file)).href}";\n`)
        .join(""),
    };
    for (const [path, text] of Object.entries({ ...usualFiles, ...sluice, ...files })) {
      if (text === undefined) continue;
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await symlink(join(root, "node_modules/@pulumi"), join(packages, "@pulumi"));
    return work(folder);
  });
}

/** Text of a program that declares a dataset `orders` and pipelines of it; put before it what imports `sluice`. */
export const ordersDataset = `
const orders = sluice.defineDataset({
  name: "orders",
  description: "Orders of a shop.",
  columns: {
    order_id: { type: "string", description: "The order.", required: true },
    ordered_at: { type: "timestamp", description: "When it was made.", required: true },
    amount: { type: "double", description: "What it costs." },
  },
  eventTime: "ordered_at",
  eventId: "order_id",
  since: "2026-01-01",
});
const owned = { dataset: orders, owner: "shop", costCenter: "1" };
`;
