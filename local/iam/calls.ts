import type { Principal, RequestContext } from "./request.ts";

/** A call to AWS that a part makes with a role. */
export interface Call {
  /** Name or ARN of the role that the part has assumed. */
  readonly role: string;
  /** For example `s3:PutObject`. */
  readonly action: string;
  /** The ARN of the resource, or `*` for an action that has none. */
  readonly resource: string;
  /** The condition keys of this call; those of caller, account, region and time are filled in. Default: none. */
  readonly context?: RequestContext;
}

/** Someone becoming a role. */
export interface Assumption {
  /** Name or ARN of the role. */
  readonly role: string;
  readonly principal: Principal;
  /** The condition keys of this call. Default: none. */
  readonly context?: RequestContext;
}

/** Whatever a policy decides about. */
export type EvaluatedCall = Call | Assumption;
