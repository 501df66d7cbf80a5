import { contextValue, type RequestContext } from "./request.ts";
import { literalPattern, wildcardPattern, type Pattern } from "../../aws/wildcard.ts";

/** `${*}`, `${?}` and `${$}` stand for the characters themselves (IAM guide, "Variables and tags"). */
const escapes = new Set(["*", "?", "$"]);

/**
 * A policy's text with its variables put in: `${aws:PrincipalTag/team}`, `${aws:username, 'nobody'}`. What comes from a
 * variable is never a wildcard.
 * @returns undefined when a variable has neither a value in the request nor a default: such a text matches nothing.
 */
export function substituteVariables(text: string, context: RequestContext): Pattern | undefined {
  const pattern = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    const [whole, inside = ""] = match;
    const value = escapes.has(inside) ? inside : variableValue(inside, context);
    if (value === undefined) return undefined;
    pattern.push(...wildcardPattern(text.slice(end, match.index)), ...literalPattern(value));
    end = match.index + whole.length;
  }
  return [...pattern, ...wildcardPattern(text.slice(end))];
}

function variableValue(inside: string, context: RequestContext): string | undefined {
  const [, key = inside, fallback] = /^([^,]*),\s*'(.*)'$/.exec(inside) ?? [];
  const value = contextValue(context, key.trim());
  // A key of many values can't be a variable.
  return typeof value === "string" ? value : fallback;
}
