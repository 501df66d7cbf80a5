import { randomBytes } from "node:crypto";
import { timestampFormat } from "./timestamp-format.ts";

interface PrefixContext {
  /** The approximate arrival of the oldest record in the object. */
  readonly instant: Date;
  readonly timeZone: string;
  /** Such as `format-conversion-failed`; only in an error prefix. */
  readonly errorOutputType?: string;
}

export type Prefix = (context: PrefixContext) => string;

/** What follows a prefix without expressions, and stands for a missing one (aws-semantics 1.8). */
const defaultTimestamp = "!{timestamp:yyyy/MM/dd/HH/}";

/** The longest evaluated prefix, in characters (aws-semantics 1.8). */
const mostCharacters = 512;

/**
 * The prefix of the objects with data. An empty prefix is one that is not declared.
 * @throws {Error} saying which expression is wrong.
 */
export function dataPrefix(prefix: string): Prefix {
  return parsePrefix(hasExpressions(prefix) ? prefix : prefix + defaultTimestamp, false);
}

/**
 * The prefix of the objects with events that could not be delivered.
 * @throws {Error} in AWS's words, when the two prefixes do not go together, or saying which expression is wrong.
 */
export function errorPrefix(errorOutputPrefix: string, prefix: string): Prefix {
  const fallback = `!{firehose:error-output-type}/${defaultTimestamp}`;
  if (errorOutputPrefix === "") {
    if (hasExpressions(prefix)) {
      // The typo is AWS's (aws-semantics 1.8).
      throw new Error(
        "Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
      );
    }
    return parsePrefix(prefix + fallback, true);
  }
  if (!hasExpressions(errorOutputPrefix)) return parsePrefix(errorOutputPrefix + fallback, true);
  if (!errorOutputPrefix.includes("!{firehose:error-output-type}")) {
    throw new Error(
      `ErrorOutputPrefix "${errorOutputPrefix}" contains expressions, so it must contain !{firehose:error-output-type}.`,
    );
  }
  return parsePrefix(errorOutputPrefix, true);
}

function hasExpressions(prefix: string): boolean {
  return prefix.includes("!{");
}

function parsePrefix(prefix: string, forErrors: boolean): Prefix {
  const parts: Prefix[] = [];
  let at = 0;
  while (at < prefix.length) {
    const start = prefix.indexOf("!{", at);
    const literal = prefix.slice(at, start < 0 ? undefined : start);
    if (literal !== "") parts.push(() => literal);
    if (start < 0) break;
    const end = prefix.indexOf("}", start);
    if (end < 0) throw new Error(`"${prefix.slice(start)}" has no closing brace.`);
    parts.push(expression(prefix.slice(start + 2, end), forErrors));
    at = end + 1;
  }
  return (context) => {
    const evaluated = parts.map((part) => part(context)).join("");
    if (evaluated.length > mostCharacters) {
      throw new Error(
        `The evaluated prefix has ${evaluated.length} characters; at most ${mostCharacters} are allowed.`,
      );
    }
    return evaluated;
  };
}

function expression(text: string, forErrors: boolean): Prefix {
  const colon = text.indexOf(":");
  const [namespace, value] = colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
  if (namespace === "timestamp" && value !== "") {
    const format = timestampFormat(value);
    return ({ instant, timeZone }) => format(instant, timeZone);
  }
  if (namespace === "firehose" && value === "random-string") return () => randomString();
  if (namespace === "firehose" && value === "error-output-type") {
    if (!forErrors)
      throw new Error("!{firehose:error-output-type} can stand in ErrorOutputPrefix only, not in Prefix.");
    return ({ errorOutputType }) => errorOutputType ?? "";
  }
  if (namespace === "partitionKeyFromQuery" || namespace === "partitionKeyFromLambda") {
    throw new Error(
      "Dynamic Partitioning Namespaces can only be part of a prefix expression when Dynamic Partitioning is enabled.",
    );
  }
  throw new Error(
    `!{${text}} is no expression. Use !{timestamp:PATTERN}, !{firehose:random-string} or, for errors, !{firehose:error-output-type}.`,
  );
}

/** Eleven characters, new at each occurrence (aws-semantics 1.8). */
function randomString(): string {
  return [...randomBytes(11)].map((byte) => "abcdefghijklmnopqrstuvwxyz0123456789"[byte % 36]).join("");
}
