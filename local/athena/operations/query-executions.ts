import type { Backend } from "../backend.ts";
import { isOver, type Execution } from "../execution/execution.ts";
import { invalidRequest } from "../protocol/api-error.ts";
import { optionalText, optionalTexts, page, requiredText, type Input } from "../protocol/input.ts";

/** @throws {ApiError} when there is no such query, or the caller may not see it. */
export function executionOf(backend: Backend, input: Input, caller: string, operation: string): Execution {
  const id = requiredText(input, "QueryExecutionId", 128);
  const execution = backend.history.get(id);
  if (!execution) throw invalidRequest(`QueryExecution ${id} was not found`, "QUERY_EXECUTION_NOT_FOUND");
  backend.access.checkOperation(caller, { operation, workgroup: execution.workgroup });
  return execution;
}

export function getQueryExecution(backend: Backend, input: Input, caller: string): object {
  return { QueryExecution: describe(executionOf(backend, input, caller, "GetQueryExecution")) };
}

export function stopQueryExecution(backend: Backend, input: Input, caller: string): object {
  backend.runner.stop(executionOf(backend, input, caller, "StopQueryExecution"));
  return {};
}

export function batchGetQueryExecution(backend: Backend, input: Input, caller: string): object {
  const ids = optionalTexts(input, "QueryExecutionIds") ?? [];
  if (ids.length < 1 || ids.length > 50) throw invalidRequest("queryExecutionIds must have 1 to 50 members");
  const found = ids.flatMap((id) => backend.history.get(id) ?? []);
  for (const workgroup of new Set(found.map((execution) => execution.workgroup))) {
    backend.access.checkOperation(caller, { operation: "BatchGetQueryExecution", workgroup });
  }
  return {
    QueryExecutions: found.map(describe),
    UnprocessedQueryExecutionIds: ids
      .filter((id) => !backend.history.get(id))
      .map((id) => ({
        QueryExecutionId: id,
        ErrorCode: "QUERY_EXECUTION_NOT_FOUND",
        ErrorMessage: `QueryExecution ${id} was not found`,
      })),
  };
}

export function listQueryExecutions(backend: Backend, input: Input, caller: string): object {
  const workgroup = optionalText(input, "WorkGroup") ?? "primary";
  backend.access.checkOperation(caller, { operation: "ListQueryExecutions", workgroup });
  if (!backend.workgroups.has(workgroup)) throw invalidRequest("WorkGroup is not found.");
  const all = backend.history.newestFirst().filter((execution) => execution.workgroup === workgroup);
  const { items, ...rest } = page(all, input, 50);
  return { QueryExecutionIds: items.map(({ id }) => id), ...rest };
}

export function getQueryRuntimeStatistics(backend: Backend, input: Input, caller: string): object {
  const execution = executionOf(backend, input, caller, "GetQueryRuntimeStatistics");
  if (!isOver(execution)) return { QueryRuntimeStatistics: {} };
  const statistics = statisticsOf(execution);
  return {
    QueryRuntimeStatistics: {
      Timeline: {
        QueryQueueTimeInMillis: statistics.QueryQueueTimeInMillis,
        QueryPlanningTimeInMillis: statistics.QueryPlanningTimeInMillis,
        EngineExecutionTimeInMillis: statistics.EngineExecutionTimeInMillis,
        ServiceProcessingTimeInMillis: statistics.ServiceProcessingTimeInMillis,
        TotalExecutionTimeInMillis: statistics.TotalExecutionTimeInMillis,
      },
      Rows: { InputBytes: execution.bytesScanned, OutputRows: execution.rowCount ?? 0 },
    },
  };
}

function describe(execution: Execution): object {
  const { reason, failure, database, parameters, completed, encryption } = execution;
  return {
    QueryExecutionId: execution.id,
    Query: execution.query,
    StatementType: execution.statementType,
    SubstatementType: execution.substatementType,
    ResultConfiguration: {
      OutputLocation: execution.outputLocation,
      ...(encryption && { EncryptionConfiguration: encryption }),
    },
    ResultReuseConfiguration: {
      ResultReuseByAgeConfiguration: {
        Enabled: execution.reuseMinutes !== undefined,
        ...(execution.reuseMinutes !== undefined && { MaxAgeInMinutes: execution.reuseMinutes }),
      },
    },
    QueryExecutionContext: {
      ...(database !== undefined && { Database: database }),
      Catalog: execution.catalog.toLowerCase(),
    },
    Status: {
      State: execution.state,
      ...(reason !== undefined && { StateChangeReason: reason }),
      SubmissionDateTime: execution.submitted / 1000,
      ...(completed !== undefined && { CompletionDateTime: completed / 1000 }),
      ...(failure && {
        AthenaError: {
          ErrorCategory: failure.category,
          ErrorType: failure.type,
          Retryable: failure.retryable,
          ...(reason !== undefined && { ErrorMessage: reason }),
        },
      }),
    },
    Statistics: statisticsOf(execution),
    WorkGroup: execution.workgroup,
    EngineVersion: engineVersion,
    ...(parameters && { ExecutionParameters: parameters }),
  };
}

export const engineVersion = {
  SelectedEngineVersion: "AUTO",
  EffectiveEngineVersion: "Athena engine version 3",
};

function statisticsOf(execution: Execution): Record<string, unknown> {
  const end = execution.completed ?? Date.now();
  const start = execution.started ?? end;
  return {
    EngineExecutionTimeInMillis: end - start,
    DataScannedInBytes: execution.bytesScanned,
    TotalExecutionTimeInMillis: end - execution.submitted,
    QueryQueueTimeInMillis: start - execution.submitted,
    ServicePreProcessingTimeInMillis: 0,
    QueryPlanningTimeInMillis: execution.planningMilliseconds ?? 0,
    ServiceProcessingTimeInMillis: 0,
    ResultReuseInformation: { ReusedPreviousResult: execution.reused === true },
  };
}
