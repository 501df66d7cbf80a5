import type { Backend } from "../backend.ts";
import { preparedKey, type PreparedStatement } from "../catalog/saved-statements.ts";
import { ApiError, invalidRequest } from "../protocol/api-error.ts";
import { optionalText, optionalTexts, page, requiredText, type Input } from "../protocol/input.ts";
import { workgroupOf } from "./workgroups.ts";

const namePattern = /^[a-zA-Z_][a-zA-Z0-9_@:]{1,256}$/;

export async function createPreparedStatement(
  backend: Backend,
  input: Input,
  caller: string,
): Promise<object> {
  const { workgroup, name } = keyOf(backend, input, caller, "CreatePreparedStatement");
  if (!namePattern.test(name)) throw invalidRequest(`statementName must match ${namePattern.source}`);
  if (backend.saved.prepared(workgroup, name))
    throw invalidRequest(`PreparedStatement ${name} already exists`);
  return put(backend, input, { workgroup, name });
}

export async function updatePreparedStatement(
  backend: Backend,
  input: Input,
  caller: string,
): Promise<object> {
  const key = keyOf(backend, input, caller, "UpdatePreparedStatement");
  existing(backend, key);
  return put(backend, input, key);
}

export function getPreparedStatement(backend: Backend, input: Input, caller: string): object {
  const key = keyOf(backend, input, caller, "GetPreparedStatement");
  return { PreparedStatement: describe(existing(backend, key)) };
}

export function batchGetPreparedStatement(backend: Backend, input: Input, caller: string): object {
  const workgroup = requiredText(input, "WorkGroup");
  backend.access.checkOperation(caller, { operation: "BatchGetPreparedStatement", workgroup });
  const names = optionalTexts(input, "PreparedStatementNames") ?? [];
  return {
    PreparedStatements: names.flatMap((name) => backend.saved.prepared(workgroup, name) ?? []).map(describe),
    UnprocessedPreparedStatementNames: names
      .filter((name) => !backend.saved.prepared(workgroup, name))
      .map((name) => ({
        StatementName: name,
        ErrorCode: "STATEMENT_NOT_FOUND",
        ErrorMessage: notFound({ workgroup, name }),
      })),
  };
}

export function listPreparedStatements(backend: Backend, input: Input, caller: string): object {
  const workgroup = requiredText(input, "WorkGroup");
  backend.access.checkOperation(caller, { operation: "ListPreparedStatements", workgroup });
  workgroupOf(backend, workgroup);
  const all = [...backend.saved.preparedStatements.values()].filter(
    (statement) => statement.workgroup === workgroup,
  );
  const { items, ...rest } = page(all, input, 50);
  const summaries = items.map(({ name, modified }) => ({
    StatementName: name,
    LastModifiedTime: modified / 1000,
  }));
  return { PreparedStatements: summaries, ...rest };
}

export async function deletePreparedStatement(
  backend: Backend,
  input: Input,
  caller: string,
): Promise<object> {
  const key = keyOf(backend, input, caller, "DeletePreparedStatement");
  existing(backend, key);
  backend.saved.preparedStatements.delete(preparedKey(key));
  await backend.saved.save();
  return {};
}

type Key = Pick<PreparedStatement, "workgroup" | "name">;

function keyOf(backend: Backend, input: Input, caller: string, operation: string): Key {
  const workgroup = requiredText(input, "WorkGroup");
  backend.access.checkOperation(caller, { operation, workgroup });
  workgroupOf(backend, workgroup);
  return { workgroup, name: requiredText(input, "StatementName", 256) };
}

async function put(backend: Backend, input: Input, { workgroup, name }: Key): Promise<object> {
  const description = optionalText(input, "Description", 1024);
  backend.saved.preparedStatements.set(preparedKey({ workgroup, name }), {
    name,
    workgroup,
    statement: requiredText(input, "QueryStatement"),
    ...(description !== undefined && { description }),
    modified: Date.now(),
  });
  await backend.saved.save();
  return {};
}

function existing(backend: Backend, key: Key): PreparedStatement {
  const found = backend.saved.prepared(key.workgroup, key.name);
  if (!found) throw new ApiError("ResourceNotFoundException", notFound(key));
  return found;
}

function notFound({ workgroup, name }: Key): string {
  return `PreparedStatement ${name} was not found in workGroup ${workgroup}`;
}

function describe({ name, workgroup, statement, description, modified }: PreparedStatement): object {
  return {
    StatementName: name,
    QueryStatement: statement,
    WorkGroupName: workgroup,
    ...(description !== undefined && { Description: description }),
    LastModifiedTime: modified / 1000,
  };
}
