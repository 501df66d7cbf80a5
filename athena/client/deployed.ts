import {
  BatchGetNamedQueryCommand,
  GetPreparedStatementCommand,
  paginateListNamedQueries,
  ResourceNotFoundException,
  type AthenaClient,
} from "@aws-sdk/client-athena";
import { parseDeployedQuery } from "../named-query/header.ts";
import type { NamedQuery } from "../named-query/named-query.ts";

/** A workgroup, and which dataset its queries are about, as far as it is known. */
export interface QueryPlace {
  readonly workgroup: string;
  readonly dataset?: string | undefined;
}

/** A named query as it is deployed. */
export interface DeployedNamedQuery extends NamedQuery {
  /** The Glue database that it is saved for; absent where only a prepared statement says it. */
  readonly database?: string;
}

/** The named queries of a workgroup, as they are deployed, sorted by name. */
export async function deployedQueries(
  client: AthenaClient,
  place: QueryPlace,
): Promise<DeployedNamedQuery[]> {
  const queries: DeployedNamedQuery[] = [];
  for await (const { NamedQueryIds } of paginateListNamedQueries(
    { client },
    { WorkGroup: place.workgroup },
  )) {
    if (!NamedQueryIds?.length) continue;
    const { NamedQueries = [] } = await client.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
    for (const { Name = "", Description = "", QueryString = "", Database } of NamedQueries) {
      const query = queryOf(place, Name, Description, QueryString);
      queries.push({ ...query, ...(Database !== undefined && { database: Database }) });
    }
  }
  return queries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The deployed query of a name: its prepared statement, else its named query; undefined when there is neither. */
export async function deployedQuery(
  client: AthenaClient,
  place: QueryPlace,
  name: string,
): Promise<DeployedNamedQuery | undefined> {
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

function queryOf(
  { dataset = "", workgroup }: QueryPlace,
  name: string,
  description: string,
  sql: string,
): NamedQuery {
  return parseDeployedQuery(workgroup, dataset, { name, description, sql });
}
