import type { DeploymentDocument } from "../../plan/deployment.ts";
import { ownRegion } from "../iam/region.ts";
import { requiredString, resourcesOfType } from "../../plan/resources.ts";

/** A Kinesis stream that the plan declares. */
export interface DeclaredStream {
  readonly name: string;
  readonly region: string;
  readonly mode: "ON_DEMAND" | "PROVISIONED";
  /** Shards of a provisioned stream. */
  readonly shardCount: number;
  readonly retentionHours: number;
}

/**
 * The streams of a plan.
 * @param region of those that do not say theirs.
 * @throws {Error} naming the stream that has no name.
 */
export function declaredStreams(plan: DeploymentDocument, region: string): DeclaredStream[] {
  return resourcesOfType(plan, "aws:kinesis/stream:Stream").map((resource) => {
    const { streamModeDetails, shardCount, retentionPeriod } = resource.inputs as {
      streamModeDetails?: { streamMode?: string };
      shardCount?: number;
      retentionPeriod?: number;
    };
    return {
      name: requiredString(resource, "name"),
      region: ownRegion(plan, resource) ?? region,
      mode: streamModeDetails?.streamMode === "ON_DEMAND" ? "ON_DEMAND" : "PROVISIONED",
      shardCount: shardCount ?? 1,
      retentionHours: retentionPeriod ?? 24,
    };
  });
}
