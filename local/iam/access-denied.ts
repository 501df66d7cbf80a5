import type { Decision } from "./evaluate.ts";

/** A call that the declared policies do not allow. Its message is AWS's; `reason` says what to look at. */
export class AccessDenied extends Error {
  override readonly name = "AccessDenied";
  readonly decision: Decision;
  readonly action: string;
  readonly resource: string;

  constructor(denied: DeniedCall) {
    super(accessDeniedMessage(denied));
    this.decision = denied.decision;
    this.action = denied.action;
    this.resource = denied.resource;
  }

  /** One sentence: the statement that denied, or the one that came nearest to allowing. */
  get reason(): string {
    return this.decision.reason;
  }
}

export interface DeniedCall {
  /** The caller: an ARN, or the name of a service. */
  readonly user: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
}

/** The denial in AWS's words (IAM guide, "Troubleshoot access denied error messages"). */
export function accessDeniedMessage({ user, action, resource, decision }: DeniedCall): string {
  const { policyType } = decision;
  // A role that can't be assumed is not named, and its policy has "the" where others have "a".
  const ofRole = policyType === "role trust policy";
  const onResource = ofRole ? "" : ` on resource: ${resource}`;
  const article = ofRole ? "the" : policyType.startsWith("i") ? "an" : "a";
  const cause =
    decision.decision === "explicitDeny"
      ? `with an explicit deny in ${article} ${policyType}`
      : `because no ${policyType} allows the ${action} action`;
  return `User: ${user} is not authorized to perform: ${action}${onResource} ${cause}`;
}
