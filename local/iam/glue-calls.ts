import { arnOf } from "../../aws/arn.ts";
import type { Call } from "./calls.ts";
import type { RequestContext } from "./request.ts";

/** Who calls Glue, and about which catalog. */
export interface GlueCaller {
  /** Name or ARN of the role. */
  readonly role: string;
  readonly partition: string;
  readonly region: string;
  /** The account that owns the catalog. */
  readonly account: string;
  /** What the call carries besides, such as `aws:CalledVia`. Default: nothing. */
  readonly context?: RequestContext;
}

/**
 * Calls about the catalog, a database, or a table. Glue wants each action allowed on what it is about and on all that
 * this lies in: catalog, database, table (Glue guide, "Resource-level permissions"; Service Authorization Reference).
 */
export function glueCalls(
  caller: GlueCaller,
  actions: readonly string[],
  database?: string,
  table?: string,
): Call[] {
  const resources = [
    "catalog",
    ...(database === undefined ? [] : [`database/${database}`]),
    ...(database === undefined || table === undefined ? [] : [`table/${database}/${table}`]),
  ].map((resource) => arnOf("glue", resource, caller));
  return actions.flatMap((action) =>
    resources.map((resource) => ({ role: caller.role, action, resource, context: { ...caller.context } })),
  );
}
