import { managedPolicy, role, rolePolicy } from "./resource-types.ts";
import { statementsOf, type Statement } from "./iam-document.ts";
import { isUnknown } from "./unknown.ts";

/** The types that hold permissions as a document of their own. */
export const permissionTypes: readonly string[] = [
  managedPolicy,
  rolePolicy,
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
  role,
];

interface PermissionProps {
  policy?: unknown;
  inlinePolicies?: readonly { name?: string; policy?: unknown }[];
}

/** The readers of each permission document of a resource: one may be unknown while the others are not. */
export function permissionDocuments(type: string, props: PermissionProps): (() => Statement[])[] {
  if (type !== role) return [() => statementsOf(props.policy, "policy")];
  // Unknown as a whole: its reader tells of it, and the role's other documents are read.
  if (isUnknown(props, "inlinePolicies")) return [() => statementsOf(props.inlinePolicies, "inlinePolicies")];
  const inline = props.inlinePolicies ?? [];
  return Array.from({ length: inline.length }, (_, index) => () => {
    const policy = inline[index]?.policy;
    // The provider takes an empty block for "no inline policies".
    return policy === undefined ? [] : statementsOf(policy, `inlinePolicies[${index}].policy`);
  });
}
