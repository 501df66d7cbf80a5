import { randomUUID } from "node:crypto";
import type { Backend } from "../backend.ts";
import type { NamedQuery } from "../catalog/saved-statements.ts";
import { invalidRequest } from "../protocol/api-error.ts";
import { optionalText, optionalTexts, page, requiredText, type Input } from "../protocol/input.ts";
import { workgroupOf } from "./workgroups.ts";

export async function createNamedQuery(backend: Backend, input: Input, caller: string): Promise<object> {
  const workgroup = optionalText(input, "WorkGroup") ?? "primary";
  backend.access.checkOperation(caller, { operation: "CreateNamedQuery", workgroup });
  workgroupOf(backend, workgroup);
  const description = optionalText(input, "Description", 1024);
  const id = randomUUID();
  backend.saved.namedQueries.set(id, {
    id,
    name: requiredText(input, "Name", 128),
    ...(description !== undefined && { description }),
    database: requiredText(input, "Database", 255),
    query: requiredText(input, "QueryString"),
    workgroup,
  });
  await backend.saved.save();
  return { NamedQueryId: id };
}

export function getNamedQuery(backend: Backend, input: Input, caller: string): object {
  return { NamedQuery: describe(namedQueryOf(backend, input, caller, "GetNamedQuery")) };
}

export function batchGetNamedQuery(backend: Backend, input: Input, caller: string): object {
  const ids = optionalTexts(input, "NamedQueryIds") ?? [];
  if (ids.length < 1 || ids.length > 50) throw invalidRequest("namedQueryIds must have 1 to 50 members");
  const found = ids.flatMap((id) => backend.saved.namedQueries.get(id) ?? []);
  for (const workgroup of new Set(found.map((query) => query.workgroup))) {
    backend.access.checkOperation(caller, { operation: "BatchGetNamedQuery", workgroup });
  }
  return {
    NamedQueries: found.map(describe),
    UnprocessedNamedQueryIds: ids
      .filter((id) => !backend.saved.namedQueries.has(id))
      .map((id) => ({ NamedQueryId: id, ErrorCode: "NAMED_QUERY_NOT_FOUND", ErrorMessage: notFound(id) })),
  };
}

export function listNamedQueries(backend: Backend, input: Input, caller: string): object {
  const workgroup = optionalText(input, "WorkGroup") ?? "primary";
  backend.access.checkOperation(caller, { operation: "ListNamedQueries", workgroup });
  workgroupOf(backend, workgroup);
  const all = [...backend.saved.namedQueries.values()].filter((query) => query.workgroup === workgroup);
  const { items, ...rest } = page(all, input, 50);
  return { NamedQueryIds: items.map(({ id }) => id), ...rest };
}

export async function updateNamedQuery(backend: Backend, input: Input, caller: string): Promise<object> {
  const known = namedQueryOf(backend, input, caller, "UpdateNamedQuery");
  const description = optionalText(input, "Description", 1024) ?? known.description;
  backend.saved.namedQueries.set(known.id, {
    ...known,
    name: requiredText(input, "Name", 128),
    ...(description !== undefined && { description }),
    query: requiredText(input, "QueryString"),
  });
  await backend.saved.save();
  return {};
}

export async function deleteNamedQuery(backend: Backend, input: Input, caller: string): Promise<object> {
  const { id } = namedQueryOf(backend, input, caller, "DeleteNamedQuery");
  backend.saved.namedQueries.delete(id);
  await backend.saved.save();
  return {};
}

function namedQueryOf(backend: Backend, input: Input, caller: string, operation: string): NamedQuery {
  const id = requiredText(input, "NamedQueryId", 128);
  const query = backend.saved.namedQueries.get(id);
  if (!query) throw invalidRequest(notFound(id), "NAMED_QUERY_NOT_FOUND");
  backend.access.checkOperation(caller, { operation, workgroup: query.workgroup });
  return query;
}

function notFound(id: string): string {
  return `NamedQuery ${id} was not found`;
}

function describe({ id, name, description, database, query, workgroup }: NamedQuery): object {
  return {
    NamedQueryId: id,
    Name: name,
    ...(description !== undefined && { Description: description }),
    Database: database,
    QueryString: query,
    WorkGroup: workgroup,
  };
}
