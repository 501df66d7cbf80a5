import { allQueries, queriesOf } from "../../athena/named-query/library.ts";
import type { NamedQuery } from "../../athena/named-query/named-query.ts";
import { UserError } from "../user-error.ts";
import { assertRunnable, deployedQueries, deployedQuery } from "./deployed.ts";
import { wherePermitted } from "./permitted.ts";
import type { Place, Target } from "./target.ts";

/** A query and where it is asked. */
export interface ChosenQuery {
  readonly query: NamedQuery;
  readonly place: Place;
}

/**
 * The query that a name means on a target: what is deployed there, or with `localFile` what lies in queries/.
 * @param name `top_pages`, or `clickstream/top_pages` where several datasets have one.
 * @throws {UserError} when there is none or several.
 */
export async function chooseQuery(target: Target, name: string, localFile: boolean): Promise<ChosenQuery> {
  const { prefix, short } = splitName(name);
  const places = target.places.filter(
    ({ dataset }) => prefix === undefined || dataset === undefined || dataset === prefix,
  );
  const asked = await wherePermitted(places, async (place): Promise<ChosenQuery[]> => {
    const query = localFile
      ? localQueries(place.dataset).find((each) => each.name === short)
      : await deployedQuery(target.client, place, short);
    return query ? [{ query, place }] : [];
  });
  const found = asked.flat();
  const [chosen, ...more] = found;
  if (!chosen) throw new UserError(await nothingFound(target, name, places, localFile));
  if (more.length > 0) {
    const names = found.map(({ query }) => `${query.dataset}/${query.name}`).join(", ");
    throw new UserError(`"${name}" is a query of several datasets. Say which: ${names}.`);
  }
  assertRunnable(chosen.query);
  return chosen;
}

/** The query of a name in queries/, without asking anybody. @throws {UserError} when there is none or several. */
export function chooseLocalQuery(name: string, dataset: string | undefined): NamedQuery {
  const { prefix = dataset, short } = splitName(name);
  const all = localQueries(prefix);
  const [found, ...more] = all.filter((query) => query.name === short);
  if (found && more.length === 0) return found;
  const names = (found ? [found, ...more] : all).map((query) => `${query.dataset}/${query.name}`).join(", ");
  throw new UserError(
    found ? `"${name}" is a query of several datasets: ${names}.` : `no query "${name}". There are ${names}.`,
  );
}

function localQueries(dataset: string | undefined): NamedQuery[] {
  return dataset === undefined || dataset === "" ? allQueries() : queriesOf(dataset);
}

function splitName(name: string): { prefix?: string; short: string } {
  const slash = name.indexOf("/");
  return slash < 0 ? { short: name } : { prefix: name.slice(0, slash), short: name.slice(slash + 1) };
}

async function nothingFound(
  { client }: Target,
  name: string,
  places: readonly Place[],
  localFile: boolean,
): Promise<string> {
  const names = await wherePermitted(places, async (place) => {
    const queries = localFile ? localQueries(place.dataset) : await deployedQueries(client, place);
    return queries.map((query) => (query.dataset === "" ? query.name : `${query.dataset}/${query.name}`));
  });
  const where = localFile ? "in queries/" : "deployed";
  const there = names.flat();
  if (there.length === 0)
    return `no query "${name}", and none at all is ${where}. Deploy the stack, or see --local-file.`;
  return `no query "${name}" is ${where}. There are ${there.join(", ")}.`;
}
