import type { Statement } from "./policy.ts";
import { arnOf, partsOfArn } from "../../aws/arn.ts";
import { type Principal } from "./request.ts";

/**
 * How a statement of a resource-based policy covers a caller: by itself, or by its account. An account that is allowed may
 * hand the permission on by identity-based policies; nobody in it has it yet (IAM guide, "Principal").
 */
export type Coverage = "principal" | "account";

/** @returns undefined when the statement is not about this caller. */
export function coverageOf(statement: Statement, caller: Principal): Coverage | undefined {
  const { notPrincipals, principals = notPrincipals } = statement;
  if (!principals) return "principal";
  const list = ("Service" in caller ? principals.Service : principals.AWS) ?? [];
  const { own, account } = namesOf(caller);
  const listsAccount = account.some((name) => list.includes(name));
  if (notPrincipals) {
    // Deny with NotPrincipal spares only who is listed with account, role and session (IAM guide, "NotPrincipal").
    const spared = own.every((name) => list.includes(name)) && (listsAccount || "Service" in caller);
    return spared ? undefined : "principal";
  }
  if (principals.AWS?.includes("*") || own.some((name) => list.includes(name))) return "principal";
  return listsAccount ? "account" : undefined;
}

/** The names that a policy can give the caller itself, and those of its account. */
function namesOf(caller: Principal): { own: string[]; account: string[] } {
  if ("Service" in caller) return { own: [caller.Service], account: [] };
  const { partition, account } = partsOfArn(caller.AWS);
  return {
    own: caller.roleArn === undefined ? [caller.AWS] : [caller.AWS, caller.roleArn],
    account: [account, arnOf("iam", "root", { partition, account })],
  };
}
