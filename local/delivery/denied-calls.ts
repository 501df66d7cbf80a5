import type { DeploymentDocument } from "../../plan/deployment.ts";
import { AccessDenied } from "../iam/access-denied.ts";
import { createAuthorizer } from "../iam/authorizer.ts";
import { firehoseCalls } from "../iam/firehose-calls.ts";
import { planOfRegion } from "../iam/region.ts";
import { DeploymentError } from "../deployment-error.ts";

/**
 * Evaluates every call that Firehose makes for the delivery streams, by the policies that the plan declares for their
 * roles. AWS would create such a stream and then fail to deliver, into a log that nobody reads yet; the emulator says it at
 * once.
 * @throws {DeploymentError} in AWS's words, one line for each delivery stream with a denied call.
 */
export function refuseDeniedCalls(
  plan: DeploymentDocument,
  deliveries: readonly { name: string; region: string }[],
): void {
  const authorizer = createAuthorizer(plan);
  const denied = deliveries.flatMap(({ name, region }) => {
    try {
      authorizer.authorizeAll(firehoseCalls(planOfRegion(plan, region), name));
      return [];
    } catch (error) {
      if (error instanceof AccessDenied) return [`Delivery stream "${name}": ${error.message}`];
      throw error;
    }
  });
  if (denied.length > 0) throw new DeploymentError(denied);
}
