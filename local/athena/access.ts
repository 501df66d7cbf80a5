import { AccessDenied } from "../iam/access-denied.ts";
import { operationCalls, queryCalls, readResultCalls, type Query } from "../iam/athena-calls.ts";
import type { OperationTarget } from "../iam/athena-resources.ts";
import { createAuthorizer, type Authorizer } from "../iam/authorizer.ts";
import { findRole } from "../iam/role.ts";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { ApiError } from "./protocol/api-error.ts";

/**
 * What a caller may do. A caller whose access key is the name of a declared role has that role's policies; any other
 * key is the account's administrator, who may do everything.
 */
export class Access {
  readonly #plan: DeploymentDocument;
  readonly #authorizer: Authorizer;

  constructor(plan: DeploymentDocument) {
    this.#plan = plan;
    this.#authorizer = createAuthorizer(plan);
  }

  /** @throws {ApiError} AccessDeniedException, in AWS's words. */
  checkOperation(caller: string, target: OperationTarget): void {
    this.#check(caller, (analyst) => operationCalls(analyst, target));
  }

  /** All that a query does with the caller's rights: catalog, data, results. @throws {ApiError} AccessDeniedException */
  checkQuery(caller: string, query: Query): void {
    this.#check(caller, (analyst) => queryCalls(analyst, query));
  }

  /** @throws {ApiError} AccessDeniedException */
  checkResult(caller: string, workgroup: string, resultLocation: string): void {
    this.#check(caller, (analyst) => readResultCalls(analyst, workgroup, resultLocation));
  }

  #check(
    caller: string,
    calls: (analyst: { plan: DeploymentDocument; role: string }) => Parameters<Authorizer["authorizeAll"]>[0],
  ): void {
    if (!/^[\w+=,.@-]+$/.test(caller) || !findRole(this.#plan, caller)) return;
    try {
      this.#authorizer.authorizeAll(calls({ plan: this.#plan, role: caller }));
    } catch (error) {
      if (error instanceof AccessDenied) throw new ApiError("AccessDeniedException", error.message);
      throw error;
    }
  }
}
