import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { datasetNamed, datasets } from "../../datasets/index.ts";
import { parseQuery, QueryFileError } from "./header.ts";
import type { NamedQuery } from "./named-query.ts";
import { queryFolder } from "./query-folder.ts";

/**
 * The named queries of a dataset, sorted by name.
 * @param folder where the datasets' folders of .sql files are. Default: this package's `queries/`.
 * @throws {QueryFileError} listing every mistake in every file with file, line and rule.
 * @throws {Error} when there is no such dataset.
 */
export function queriesOf(datasetName: string, folder: string = queryFolder()): NamedQuery[] {
  const problems: string[] = [];
  const queries: NamedQuery[] = [];
  for (const file of sqlFilesOf(join(folder, datasetNamed(datasetName).name))) {
    const shown = `queries/${datasetName}/${basename(file)}`;
    try {
      const query = parseQuery(shown, datasetName, readFileSync(file, "utf8"));
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

/** The named queries of every dataset. @throws as `queriesOf`. */
export function allQueries(folder: string = queryFolder()): NamedQuery[] {
  return [...datasets.keys()].flatMap((dataset) => queriesOf(dataset, folder));
}

/**
 * The query of a name: `top_pages` with the dataset given, or `clickstream/top_pages`.
 * @throws {Error} naming the queries there are, or the datasets that have one of this name.
 */
export function queryNamed(name: string, datasetName?: string): NamedQuery {
  const [prefix, short] = name.includes("/") ? name.split("/", 2) : [datasetName, name];
  const candidates = prefix === undefined ? allQueries() : queriesOf(prefix);
  const found = candidates.filter((query) => query.name === short);
  if (found.length === 1 && found[0]) return found[0];
  if (found.length > 1) {
    const full = found.map((query) => `${query.dataset}/${query.name}`).join(", ");
    throw new Error(`"${name}" is a query of several datasets. Say which: ${full}.`);
  }
  const names = candidates.map((query) => (prefix === undefined ? `${query.dataset}/` : "") + query.name);
  throw new Error(`no query "${name}". There are ${names.join(", ")}.`);
}

function sqlFilesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => join(folder, name));
}
