import * as pulumi from "@pulumi/pulumi";
import * as iam from "@pulumi/aws/iam/index.js";
import { RunError } from "@pulumi/pulumi/errors.js";
import type { Grant } from "./iam/grants.ts";
import { policyDocument } from "./iam/policy-document.ts";
import type { Names } from "./names.ts";

/** A role, or the name of one that exists: not its ARN. */
export type GrantedRole = iam.Role | pulumi.Input<string>;

export interface GrantOptions {
  /**
   * Names the grant's resources among those of the pipeline. Default: the role's own name; needed where that is an Output,
   * as it is not known in time.
   */
  readonly name?: string | undefined;
}

/**
 * Gives a role rights by inline policies: `<pipeline>-<what>-<role>`, and with `-key` what it may do with the key. IAM takes
 * 10,240 characters of inline policies in a role: to query takes some 3,500 for each pipeline, to send some 700.
 * @param what the right, as it stands in names: `send`.
 * @returns the policies, for the `dependsOn` of what uses the role: IAM grants nothing before they exist.
 * @throws {RunError} when the role is named by an ARN, or by an Output without a name for the grant.
 */
export function grantTo(
  role: GrantedRole,
  what: string,
  pipeline: { name: string; names: pulumi.Output<Names>; keyArn: pulumi.Output<string>; usesKey: boolean },
  grantOf: (names: Names) => Grant,
  { name = nameOf(role) }: GrantOptions,
  opts: pulumi.CustomResourceOptions,
): iam.RolePolicy[] {
  if (name === undefined) {
    throw new RunError(
      `EventPipeline "${pipeline.name}": the name of the role that may ${what} is not known yet, so the grant needs one: ` +
        `pass the role itself, or a second argument { name: "backend" }.`,
    );
  }
  const roleName = roleNameOf(role, pipeline.name);
  const policy = (suffix: string, document: pulumi.Output<string>) =>
    new iam.RolePolicy(
      `${pipeline.name}-${what}-${name}${suffix}`,
      {
        // A role may have the same right in several pipelines.
        name: pipeline.names.apply(({ base }) => `${base}-${what}${suffix}`),
        role: roleName,
        policy: document,
      },
      opts,
    );
  const access = policy(
    "",
    pipeline.names.apply((names) => policyDocument(grantOf(names).access)),
  );
  if (!pipeline.usesKey) return [access];
  const keyUse = pulumi
    .all([pipeline.names, pipeline.keyArn])
    .apply(([names, keyArn]) => policyDocument(grantOf(names).keyUse(keyArn)));
  return [access, policy("-key", keyUse)];
}

/** What a role is called in the program: by its resource, or as it stands there. Undefined when only AWS can tell. */
function nameOf(role: GrantedRole): string | undefined {
  if (typeof role === "string") return role;
  return isRole(role) ? pulumi.resourceName(role) : undefined;
}

function isRole(role: GrantedRole): role is iam.Role {
  return pulumi.Resource.isInstance(role);
}

/** The role's name for IAM, checked: now where it is known now. */
function roleNameOf(role: GrantedRole, pipeline: string): pulumi.Input<string> {
  const checked = (name: string): string => {
    // IAM API reference, CreateRole.
    if (/^[\w+=,.@-]{1,64}$/.test(name)) return name;
    throw new RunError(
      `EventPipeline "${pipeline}": a grant to the role "${name}". Name the role by its name, 1-64 letters, digits or ` +
        "_ + = , . @ -: not by its ARN.",
    );
  };
  if (typeof role === "string") return checked(role);
  return isRole(role) ? role.name : pulumi.output(role).apply(checked);
}
