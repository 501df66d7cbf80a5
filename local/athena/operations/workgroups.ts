import type { Backend } from "../backend.ts";
import type { Workgroup } from "../catalog/workgroups.ts";
import { invalidRequest } from "../protocol/api-error.ts";
import { page, requiredText, type Input } from "../protocol/input.ts";
import { engineVersion } from "./query-executions.ts";

/** @throws {ApiError} when there is no such workgroup. */
export function workgroupOf(backend: Backend, name: string): Workgroup {
  const workgroup = backend.workgroups.get(name);
  if (!workgroup) throw invalidRequest("WorkGroup is not found.");
  return workgroup;
}

export function getWorkGroup(backend: Backend, input: Input, caller: string): object {
  const name = requiredText(input, "WorkGroup");
  backend.access.checkOperation(caller, { operation: "GetWorkGroup", workgroup: name });
  const workgroup = workgroupOf(backend, name);
  const { outputLocation, encryption, bytesScannedCutoff } = workgroup;
  return {
    WorkGroup: {
      ...summaryOf(backend, workgroup),
      EngineVersion: undefined,
      Configuration: {
        ResultConfiguration: {
          ...(outputLocation !== undefined && { OutputLocation: outputLocation }),
          ...(encryption && { EncryptionConfiguration: encryption }),
        },
        EnforceWorkGroupConfiguration: workgroup.enforced,
        PublishCloudWatchMetricsEnabled: workgroup.metricsPublished,
        ...(bytesScannedCutoff !== undefined && { BytesScannedCutoffPerQuery: bytesScannedCutoff }),
        RequesterPaysEnabled: false,
        EngineVersion: engineVersion,
      },
    },
  };
}

export function listWorkGroups(backend: Backend, input: Input, caller: string): object {
  backend.access.checkOperation(caller, { operation: "ListWorkGroups" });
  const { items, ...rest } = page([...backend.workgroups.values()], input, 50);
  return { WorkGroups: items.map((workgroup) => summaryOf(backend, workgroup)), ...rest };
}

export function listEngineVersions(backend: Backend, _input: Input, caller: string): object {
  backend.access.checkOperation(caller, { operation: "ListEngineVersions" });
  return { EngineVersions: [engineVersion] };
}

function summaryOf(
  backend: Backend,
  { name, description = "", enabled }: Workgroup,
): Record<string, unknown> {
  return {
    Name: name,
    State: enabled ? "ENABLED" : "DISABLED",
    Description: description,
    CreationTime: backend.startedAt.getTime() / 1000,
    EngineVersion: engineVersion,
  };
}
