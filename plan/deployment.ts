/**
 * A Pulumi deployment document, version 3: what `pulumi stack export` prints and what `sluice plan --json` prints
 * (pulumi/pulumi sdk/go/common/apitype/core.go, DeploymentV3 and ResourceV3).
 */
export interface DeploymentDocument {
  version: 3;
  deployment: {
    manifest: { time: string; magic: string; version: string };
    resources: PlannedResource[];
  };
}

/** One resource that a stack's program declares. */
export interface PlannedResource {
  urn: string;
  custom: boolean;
  type: string;
  /** The provider's id; absent on components, and unknown in a preview. */
  id?: string;
  /** URN of the parent; absent on the stack itself. */
  parent?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** URNs of all resources that this one depends on. */
  dependencies?: string[];
  /** For each input, the URNs of the resources that its value came from. */
  propertyDependencies?: Record<string, string[]>;
  protect?: boolean;
  /** `urn::id` of the provider; absent on components. */
  provider?: string;
  /** Where the program declares the resource: `project:///path#line,column`. See `source-position.ts`. */
  sourcePosition?: string;
  /** The calls that led there, the innermost first. In a plan those of the project's own files. */
  stackTrace?: { sourcePosition?: string }[];
}

/** What stands for a value that a preview cannot know (pulumi/pulumi sdk/go/common/resource/plugin/rpc.go). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The name in a URN: its last part. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The stack in a URN: `urn:pulumi:STACK::PROJECT::...`. */
export function stackOf(urn: string): string {
  return urn.split("::")[0]?.split(":")[2] ?? "";
}

/** The project in a URN. */
export function projectOf(urn: string): string {
  return urn.split("::")[1] ?? "";
}
