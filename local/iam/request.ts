/** Who makes a call: a session of a role, a user, or an AWS service. */
export type Principal =
  | {
      /** The ARN of the session or user, as `aws sts get-caller-identity` shows it. */
      readonly AWS: string;
      /** The ARN of the role behind the session. */
      readonly roleArn?: string;
    }
  | { readonly Service: string };

/** Condition keys and their values, as the call carries them. A list is the value of a multivalued key. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** What a policy evaluates. */
export interface AccessRequest {
  readonly principal: Principal;
  /** For example `s3:PutObject`. */
  readonly action: string;
  /** The ARN of the resource, or `*` for an action that has none. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** A key's value; the names of condition keys know no case (IAM guide, "Condition"). */
export function contextValue(context: RequestContext, key: string): string | readonly string[] | undefined {
  const wanted = key.toLowerCase();
  const found = Object.keys(context).find((name) => name.toLowerCase() === wanted);
  return found === undefined ? undefined : context[found];
}
