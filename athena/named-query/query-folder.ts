import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder `queries/` of this package. The compiler copies no .sql files and a bundler moves modules, so it is looked
 * for upwards: the nearest folder that holds package.json and queries/.
 * @throws {Error} when the package is incomplete.
 */
export function queryFolder(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const queries = join(folder, "queries");
    if (existsSync(join(folder, "package.json")) && existsSync(queries)) return queries;
    if (dirname(folder) === folder) {
      throw new Error(`No folder queries/ beside a package.json above ${from}. Install the package anew.`);
    }
  }
}
