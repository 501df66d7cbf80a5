import { completeArnPattern, parseArn } from "../../aws/arn.ts";
import { parsePolicyDocument, PolicyDocumentError, type PolicyStatement } from "../../aws/policy-document.ts";
import { UnreadableValueError } from "./findings.ts";

/** One statement of an IAM policy document, with every list a list. */
export interface Statement extends PolicyStatement {
  /** How messages call it: its Sid, or its place. */
  readonly label: string;
}

/**
 * The statements of a policy document, given as JSON text or as an object.
 * @param property the property that holds it, for the message
 * @throws {UnreadableValueError} when it is no policy document.
 */
export function statementsOf(document: unknown, property: string): Statement[] {
  try {
    return parsePolicyDocument(document).statements.map((statement, index) => ({
      ...statement,
      label: `statement ${statement.sid ?? index + 1}`,
    }));
  } catch (error) {
    // The error's own message may quote the document.
    if (error instanceof PolicyDocumentError) throw new UnreadableValueError(`${property} ${error.problem}`);
    throw error;
  }
}

/** Whether an Allow applies under a condition with one of the keys, in a form that no absent key satisfies. */
export function hasConditionOn(statement: Statement, keys: readonly string[]): boolean {
  const wanted = keys.map((key) => key.toLowerCase());
  return Object.entries(statement.conditions).some(
    ([operator, tests]) =>
      // ...IfExists, Null and the Not... operators hold where the key is absent or anything else.
      /^(ForAnyValue:)?(StringEquals|StringLike|StringEqualsIgnoreCase|ArnEquals|ArnLike)$/i.test(operator) &&
      Object.entries(tests).some(
        ([key, values]) => wanted.includes(key.toLowerCase()) && !values.some(isAnyValue),
      ),
  );
}

/** `*`, and an ARN of whatever account: `arn:aws:firehose:*:*:*`. The ARN of a bucket names no account. */
function isAnyValue(value: string): boolean {
  if (/^[*?]+$/.test(value)) return true;
  const arn = parseArn(completeArnPattern(value));
  return arn?.account === "*" || (arn?.service === "s3" && arn.resource.startsWith("*"));
}
