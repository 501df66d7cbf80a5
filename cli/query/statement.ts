import { readFile } from "node:fs/promises";
import { parseQuery } from "../../athena/named-query/header.ts";
import type { Chart, NamedQuery } from "../../athena/named-query/named-query.ts";
import {
  dependsOnDataset,
  executionParametersOf,
  type ParameterValues,
} from "../../athena/named-query/execution-parameters.ts";
import { placeholderCount } from "../../athena/sql/sql-text.ts";
import { UserError } from "../user-error.ts";
import type { Dataset } from "../../schema/dataset.ts";
import { chooseDeclaredQuery, chooseQuery } from "./chosen-query.ts";
import { datasetAt, onePlace, type Place, type Target } from "./target.ts";

/** What is to be run, and where. */
export interface Statement {
  readonly title: string;
  readonly sql: string;
  readonly executionParameters: readonly string[];
  readonly place: Place;
  readonly chart?: Chart | undefined;
}

export interface StatementSource {
  readonly name?: string | undefined;
  readonly sql?: string | undefined;
  readonly file?: string | undefined;
  readonly localFile?: boolean | undefined;
  /** Whose program declares the query, with `localFile`. */
  readonly stack?: string | undefined;
  readonly pipeline?: string | undefined;
  readonly dataset?: string | undefined;
  readonly values: ParameterValues;
}

/**
 * The statement that a command line means: a named query, the text after --sql, or a file.
 * @throws {UserError} when not exactly one of them is given, or it can't be had.
 * @throws {ParameterError} when a parameter's value is unknown, missing or of another type.
 */
export async function statementOf(target: Target, source: StatementSource): Promise<Statement> {
  const { name, sql, file, values } = source;
  if ([name, sql, file].filter((each) => each !== undefined).length !== 1) {
    throw new UserError(
      "name one query, or give one of --sql and --file. `sluice query list` shows the names.",
    );
  }
  if (name !== undefined) {
    if (source.localFile === true) {
      const { query, pipeline } = await chooseDeclaredQuery(name, source.stack, source);
      const place = target.places.find((each) => each.pipeline === pipeline.name) ?? onePlace(target);
      return named(query, place, values, pipeline.declared.dataset);
    }
    const { query, place } = await chooseQuery(target, name);
    return named(query, place, values);
  }
  const place = onePlace(target);
  const text = sql ?? (await readSql(file ?? ""));
  if (/^-- name: /m.test(text))
    return named(parseQuery(file ?? "--sql", place.dataset ?? "", text), place, values);
  if (placeholderCount(text) > 0) {
    throw new UserError(
      "the statement has placeholders. Say what they are in a header, as the files in queries/ do, or write the values.",
    );
  }
  const [extra] = Object.keys(values);
  if (extra !== undefined) throw new UserError(`--${extra}: the statement has no parameters.`);
  return { title: file ?? "query", sql: text, executionParameters: [], place };
}

async function named(
  query: NamedQuery,
  place: Place,
  values: ParameterValues,
  dataset?: Dataset,
): Promise<Statement> {
  const { name, sql, chart, parameters } = query;
  const about = dataset ?? (parameters.some(dependsOnDataset) ? await datasetAt(place) : undefined);
  return {
    title: name,
    sql,
    executionParameters: executionParametersOf(query, values, { dataset: about }),
    place,
    chart,
  };
}

async function readSql(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UserError(`can't read ${file}: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  }
}
