import { queriesOf } from "../../athena/named-query/library.ts";
import type { NamedQuery } from "../../athena/named-query/named-query.ts";

/** A named query of this project, as `clickstream/top_pages`. */
export function ownQuery(path: string): NamedQuery {
  const [dataset = "", name] = path.split("/");
  const query = queriesOf({ name: dataset }).find((each) => each.name === name);
  if (!query) throw new Error(`no query ${path}`);
  return query;
}
