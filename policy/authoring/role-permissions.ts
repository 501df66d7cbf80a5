import { statementsOf, type Statement } from "./iam-document.ts";
import { permissionDocuments } from "./iam-policies.ts";
import { managedPolicy, role, rolePolicy, rolePolicyAttachment } from "./resource-types.ts";
import type { EvaluatedResource } from "./rule.ts";
import { isSet, isUnknown } from "./unknown.ts";

/** All that a role may do by the resources of its stack. Reading may throw for an unknown value, so all is lazy. */
export interface RolePermissions {
  readonly role: EvaluatedResource;
  readonly documents: readonly (() => Statement[])[];
  /** ARNs of attached policies that are not of this stack. */
  readonly managedArns: readonly (() => string)[];
}

/** The permissions of each role: inline ones, role policies, and attached policies of the stack or of AWS. */
export function permissionsOfRoles(resources: readonly EvaluatedResource[]): RolePermissions[] {
  const roles = resources.filter(({ type }) => type === role);
  const rolesOf = finder(roles, ["name", "id", "arn"]);
  const policiesOf = finder(
    resources.filter(({ type }) => type === managedPolicy),
    ["arn", "id"],
  );
  const documents = new Map<string, (() => Statement[])[]>();
  const managedArns = new Map<string, (() => string)[]>();

  const attach = (to: EvaluatedResource, attachment: EvaluatedResource, property: string) => {
    const policies = policiesOf(attachment, property);
    for (const policy of policies) {
      append(documents, to.urn, () => statementsOf(policy.props["policy"], "policy"));
    }
    if (policies.length === 0) append(managedArns, to.urn, () => attachment.props[property] as string);
  };

  for (const resource of resources) {
    if (resource.type === rolePolicy) {
      for (const { urn } of rolesOf(resource, "role")) {
        append(documents, urn, () => statementsOf(resource.props["policy"], "policy"));
      }
    } else if (resource.type === rolePolicyAttachment) {
      for (const to of rolesOf(resource, "role")) attach(to, resource, "policyArn");
    } else if (resource.type === role) {
      for (const document of permissionDocuments(role, resource.props))
        append(documents, resource.urn, document);
      for (const arn of managedArnsOf(resource)) append(managedArns, resource.urn, arn);
    }
  }
  return roles.map((found) => ({
    role: found,
    documents: documents.get(found.urn) ?? [],
    managedArns: managedArns.get(found.urn) ?? [],
  }));
}

function managedArnsOf({ props }: EvaluatedResource): (() => string)[] {
  if (!isSet(props, "managedPolicyArns")) return [];
  if (isUnknown(props, "managedPolicyArns")) return [() => props["managedPolicyArns"] as string];
  const arns = props["managedPolicyArns"] as string[];
  return Array.from({ length: arns.length }, (_, index) => () => arns[index]!);
}

/** Finds the resources that a property names: by name, id or ARN, and while that is unknown by where it came from. */
function finder(candidates: readonly EvaluatedResource[], keys: readonly string[]) {
  const byUrn = new Map(candidates.map((candidate) => [candidate.urn, candidate]));
  const byName = new Map<unknown, EvaluatedResource>();
  for (const candidate of candidates) {
    for (const key of keys) {
      if (isSet(candidate.props, key) && !isUnknown(candidate.props, key)) {
        byName.set(candidate.props[key], candidate);
      }
    }
  }
  return (resource: EvaluatedResource, property: string): EvaluatedResource[] => {
    const named = isUnknown(resource.props, property) ? undefined : byName.get(resource.props[property]);
    if (named) return [named];
    const sources = resource.propertyDependencies[property] ?? [];
    return sources.flatMap(({ urn }) => byUrn.get(urn) ?? []);
  };
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
