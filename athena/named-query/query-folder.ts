import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder `queries/<dataset>/` of the Pulumi project that a program runs in: beside the nearest Pulumi.yaml, from the
 * working directory upwards. Undefined where there is none.
 */
export function queryFolder(
  dataset: string,
  from: string = process.cwd(),
): { root: string; folder: string } | undefined {
  for (let root = from; ; root = dirname(root)) {
    if (existsSync(join(root, "Pulumi.yaml"))) {
      const folder = join(root, "queries", dataset);
      return existsSync(folder) ? { root, folder } : undefined;
    }
    if (dirname(root) === root) return undefined;
  }
}
