import { conditionHolds } from "./condition.ts";
import type { Statement } from "./policy.ts";
import { substituteVariables } from "./policy-variables.ts";
import { coverageOf, type Coverage } from "./principal-match.ts";
import type { AccessRequest } from "./request.ts";
import { matchesPattern, meansAction, wildcardPattern } from "../../aws/wildcard.ts";

/** Whether a statement is about a request, and if not, which of its elements says so first. */
export type Match =
  | { readonly applies: true; readonly coverage: Coverage }
  | { readonly applies: false; readonly because: string; readonly elementsMatched: number };

/** Compares a statement with a request, element by element. @throws {Error} when a condition can't be evaluated. */
export function matchStatement(statement: Statement, request: AccessRequest): Match {
  const coverage = coverageOf(statement, request.principal);
  if (!matchesActions(statement, request.action)) return missed("its Action", 0);
  if (!matchesResources(statement, request)) return missed("its Resource", 1);
  if (!coverage) return missed("its Principal", 2);
  for (const condition of statement.conditions) {
    try {
      if (!conditionHolds(condition, request.context)) return missed(`its Condition ${condition.label}`, 3);
    } catch (error) {
      throw new Error(`${statement.label}, ${(error as Error).message}.`, { cause: error });
    }
  }
  return { applies: true, coverage };
}

function missed(because: string, elementsMatched: number): Match {
  return { applies: false, because, elementsMatched };
}

function matchesActions(statement: Statement, action: string): boolean {
  const { actions, notActions } = statement;
  const listed = [...actions, ...notActions].some((pattern) => meansAction(pattern, action));
  return listed === actions.length > 0;
}

function matchesResources(statement: Statement, { resource, context }: AccessRequest): boolean {
  const { resources, notResources } = statement;
  const listed = [...resources, ...notResources].some((text) => {
    const pattern = statement.variables ? substituteVariables(text, context) : wildcardPattern(text);
    if (pattern) return matchesPattern(pattern, resource);
    if (notResources.length === 0) return false;
    throw new Error(
      `${statement.label}: this call has no value for the variable in the NotResource "${text}".`,
    );
  });
  return listed === resources.length > 0;
}
