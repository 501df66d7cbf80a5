import {
  BatchGetNamedQueryCommand,
  GetPreparedStatementCommand,
  paginateListNamedQueries,
  ResourceNotFoundException,
  type AthenaClient,
} from "@aws-sdk/client-athena";
import { parseQuery, QueryFileError } from "../../athena/named-query/header.ts";
import type { NamedQuery } from "../../athena/named-query/named-query.ts";
import { placeholderCount } from "../../athena/sql/sql-text.ts";
import { UserError } from "../user-error.ts";
import type { Place } from "./target.ts";

/** The named queries of a workgroup, as they are deployed, sorted by name. */
export async function deployedQueries(client: AthenaClient, place: Place): Promise<NamedQuery[]> {
  const queries: NamedQuery[] = [];
  for await (const { NamedQueryIds } of paginateListNamedQueries(
    { client },
    { WorkGroup: place.workgroup },
  )) {
    if (!NamedQueryIds?.length) continue;
    const { NamedQueries = [] } = await client.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
    for (const { Name = "", Description = "", QueryString = "" } of NamedQueries) {
      queries.push(queryOf(place, Name, Description, QueryString));
    }
  }
  return queries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The deployed query of a name: its prepared statement, else its named query; undefined when there is neither. */
export async function deployedQuery(
  client: AthenaClient,
  place: Place,
  name: string,
): Promise<NamedQuery | undefined> {
  try {
    const { PreparedStatement } = await client.send(
      new GetPreparedStatementCommand({ StatementName: name, WorkGroup: place.workgroup }),
    );
    const { Description = "", QueryStatement = "" } = PreparedStatement ?? {};
    return queryOf(place, name, Description, QueryStatement);
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return (await deployedQueries(client, place)).find((query) => query.name === name);
}

/** The query that a deployed text says; without a readable header it has a name and no parameters. */
function queryOf(
  { dataset = "", workgroup }: Place,
  name: string,
  description: string,
  sql: string,
): NamedQuery {
  try {
    return parseQuery(`${workgroup}/${name}`, dataset, sql);
  } catch (error) {
    if (!(error instanceof QueryFileError)) throw error;
    return { name, dataset, description, parameters: [], sql };
  }
}

/** @throws {UserError} when a deployed text has placeholders and no header that says what they are. */
export function assertRunnable({ name, parameters, sql }: NamedQuery): void {
  if (parameters.length > 0 || placeholderCount(sql) === 0) return;
  throw new UserError(
    `"${name}" is deployed without a header that says what its placeholders are.\n` +
      "Deploy it anew, or run the one in queries/ with --local-file.",
  );
}
