import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { Dataset } from "../../schema/dataset.ts";
import { parseQuery, QueryFileError } from "./header.ts";
import type { NamedQuery } from "./named-query.ts";
import { queryFolder } from "./query-folder.ts";

/**
 * The named queries of a dataset, sorted by name.
 * @param folder of the .sql files. Default: `queries/<dataset>/` beside the project's Pulumi.yaml, none if it is not there.
 * @throws {QueryFileError} listing every mistake in every file with file, line and rule.
 * @throws {Error} when a folder was named and can't be read.
 *
 * @example
 * new EventPipeline("orders", { dataset: orders, queries: queriesOf(orders), owner: "shop", costCenter: "4711" });
 */
export function queriesOf(dataset: Pick<Dataset, "name">, folder?: string): NamedQuery[] {
  const problems: string[] = [];
  const queries: NamedQuery[] = [];
  const { root, files } = sqlFiles(dataset.name, folder);
  for (const file of files) {
    const shown = relative(root, file);
    try {
      const query = parseQuery(shown, dataset.name, readFileSync(file, "utf8"));
      if (`${query.name}.sql` !== basename(file)) {
        problems.push(`${shown}:1: name "${query.name}": the file must be called ${query.name}.sql.`);
      }
      queries.push(query);
    } catch (error) {
      if (!(error instanceof QueryFileError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new QueryFileError(problems);
  return queries;
}

function sqlFiles(dataset: string, folder: string | undefined): { root: string; files: string[] } {
  const found = folder === undefined ? queryFolder(dataset) : { root: process.cwd(), folder };
  if (!found) return { root: process.cwd(), files: [] };
  const files = readdirSync(found.folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => join(found.folder, name));
  return { root: found.root, files };
}
