import type { DeploymentDocument } from "../../../plan/deployment.ts";
import { requiredString, resourcesOfType } from "../../../plan/resources.ts";

export interface Workgroup {
  readonly name: string;
  readonly description?: string;
  readonly enabled: boolean;
  /** Whether the settings of a request are ignored. */
  readonly enforced: boolean;
  readonly metricsPublished: boolean;
  /** A query that would scan more is cancelled. */
  readonly bytesScannedCutoff?: number;
  readonly outputLocation?: string;
  readonly encryption?: { readonly EncryptionOption: string; readonly KmsKey?: string };
}

/** The workgroups that a plan declares, and `primary`, which every account has. */
export function workgroupsOf(plan: DeploymentDocument): ReadonlyMap<string, Workgroup> {
  const workgroups = new Map<string, Workgroup>([
    ["primary", { name: "primary", enabled: true, enforced: false, metricsPublished: false }],
  ]);
  for (const resource of resourcesOfType(plan, "aws:athena/workgroup:Workgroup")) {
    const name = requiredString(resource, "name");
    const { inputs } = resource;
    const configuration = record(inputs["configuration"]);
    const results = record(configuration["resultConfiguration"]);
    const encryption = record(results["encryptionConfiguration"]);
    const cutoff = configuration["bytesScannedCutoffPerQuery"];
    const location = results["outputLocation"];
    const option = encryption["encryptionOption"];
    const key = encryption["kmsKeyArn"];
    workgroups.set(name, {
      name,
      ...(typeof inputs["description"] === "string" && { description: inputs["description"] }),
      enabled: inputs["state"] !== "DISABLED",
      // Both are true unless the program says otherwise (pulumi-aws, athena.Workgroup).
      enforced: configuration["enforceWorkgroupConfiguration"] !== false,
      metricsPublished: configuration["publishCloudwatchMetricsEnabled"] !== false,
      ...(typeof cutoff === "number" && cutoff > 0 && { bytesScannedCutoff: cutoff }),
      ...(typeof location === "string" && { outputLocation: location }),
      ...(typeof option === "string" && {
        encryption: { EncryptionOption: option, ...(typeof key === "string" && { KmsKey: key }) },
      }),
    });
  }
  return workgroups;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
