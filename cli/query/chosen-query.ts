import { deployedQueries, deployedQuery } from "../../athena/client/deployed.ts";
import type { NamedQuery } from "../../athena/named-query/named-query.ts";
import { placeholderCount } from "../../athena/sql/sql-text.ts";
import type { DeclaredPipeline } from "../../pipelines/from-plan.ts";
import { chosenPipelines } from "../../pipelines/choose.ts";
import { localStack, programPipelines } from "../program.ts";
import { UserError } from "../user-error.ts";
import { wherePermitted } from "./permitted.ts";
import type { Place, Target } from "./target.ts";

/** A query and where it runs. */
export interface ChosenQuery {
  readonly query: NamedQuery;
  readonly place: Place;
}

/** A query that a program declares, and its pipeline. */
export interface DeclaredQuery {
  readonly query: NamedQuery;
  readonly pipeline: DeclaredPipeline;
}

/**
 * The deployed query that a name means on a target.
 * @param name `top_pages`, or `clickstream/top_pages` where several pipelines have one.
 * @throws {UserError} when there is none or several.
 */
export async function chooseQuery(target: Target, name: string): Promise<ChosenQuery> {
  const { prefix, short } = splitName(name);
  const places = target.places.filter(({ pipeline, dataset }) => isMeant(prefix, pipeline, dataset));
  const found = await wherePermitted(places, async (place) => {
    const query = await deployedQuery(place.client, place, short);
    return query ? [{ query, place }] : [];
  });
  const all = async () => {
    const lists = await wherePermitted(target.places, async (place) =>
      (await deployedQueries(place.client, place)).map((query) => fullName(query, place.pipeline)),
    );
    return lists.flat();
  };
  const { query, place } = await theOne(
    name,
    found.flat(),
    ({ place }) => place.pipeline,
    all,
    "is deployed",
  );
  assertRunnable(query);
  if (place.database !== undefined) return { query, place };
  // Who named only a workgroup runs the query in the database that it is saved for.
  const saved = (await deployedQueries(place.client, place)).find((each) => each.name === short);
  return { query, place: { ...place, ...(saved?.database !== undefined && { database: saved.database }) } };
}

/**
 * The query of a name that the program of this folder declares, deployed or not.
 * @param meant names of a pipeline and of a dataset, where they were given.
 * @throws {UserError} when there is none or several.
 */
export async function chooseDeclaredQuery(
  name: string,
  stack: string | undefined,
  meant: { readonly pipeline?: string | undefined; readonly dataset?: string | undefined },
): Promise<DeclaredQuery> {
  const { prefix, short } = splitName(name);
  const queries = await declaredQueries(stack, meant);
  const found = queries.filter(
    ({ query, pipeline }) => query.name === short && isMeant(prefix, pipeline.name, pipeline.dataset),
  );
  const all = () => Promise.resolve(queries.map(({ query, pipeline }) => fullName(query, pipeline.name)));
  return theOne(name, found, ({ pipeline }) => pipeline.name, all, "is declared here");
}

/** The queries that the program of this folder declares, in the order of its pipelines. */
export async function declaredQueries(
  stack: string | undefined,
  meant: { readonly pipeline?: string | undefined; readonly dataset?: string | undefined },
): Promise<DeclaredQuery[]> {
  const pipelines = chosenPipelines(stack ?? localStack, await programPipelines(stack), meant);
  return pipelines.flatMap((pipeline) => pipeline.declared.queries.map((query) => ({ query, pipeline })));
}

async function theOne<T extends { readonly query: NamedQuery }>(
  name: string,
  found: readonly T[],
  pipelineOf: (each: T) => string | undefined,
  all: () => Promise<readonly string[]>,
  state: string,
): Promise<T> {
  const [only, ...more] = found;
  if (only && more.length === 0) return only;
  if (only) {
    const names = found.map((each) => fullName(each.query, pipelineOf(each))).join(", ");
    throw new UserError(`"${name}" is a query of several pipelines. Say which: ${names}.`);
  }
  const names = (await all()).join(", ");
  throw new UserError(
    names === ""
      ? `no query "${name}", and none at all ${state}. Deploy the stack, or see --local-file.`
      : `no query "${name}" ${state}. There are ${names}.`,
  );
}

function fullName({ name, dataset }: NamedQuery, pipeline: string | undefined): string {
  const prefix = pipeline ?? dataset;
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Whether a prefix means a place: by its pipeline's or its dataset's name; where both are unknown it may. */
function isMeant(prefix: string | undefined, ...names: readonly (string | undefined)[]): boolean {
  return prefix === undefined || names.every((name) => name === undefined) || names.includes(prefix);
}

function splitName(name: string): { prefix?: string; short: string } {
  const slash = name.indexOf("/");
  return slash < 0 ? { short: name } : { prefix: name.slice(0, slash), short: name.slice(slash + 1) };
}

/** @throws {UserError} when a deployed text has placeholders and no header that says what they are. */
function assertRunnable({ name, parameters, sql }: NamedQuery): void {
  if (parameters.length > 0 || placeholderCount(sql) === 0) return;
  throw new UserError(
    `"${name}" is deployed without a header that says what its placeholders are.\n` +
      "Deploy it anew, or run the one in queries/ with --local-file.",
  );
}
