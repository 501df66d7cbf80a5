import { z } from "zod";

/** An IAM policy document as it is written, with every list a list. */
export interface PolicyDocument {
  /** The older version, which is also the default, has no policy variables (IAM guide, "Version"). */
  readonly version: "2012-10-17" | "2008-10-17";
  readonly statements: readonly PolicyStatement[];
}

/** One statement. An element that is not there is an empty list: AWS refuses empty lists. */
export interface PolicyStatement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** `*` alone is `{ AWS: ["*"] }`. */
  readonly principals: Principals | undefined;
  readonly notPrincipals: Principals | undefined;
  /** Operator -> key -> values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export type Principals = Readonly<
  Partial<Record<"AWS" | "Service" | "Federated" | "CanonicalUser", readonly string[] | undefined>>
>;

/** A text that AWS would refuse as a malformed policy document. */
export class PolicyDocumentError extends Error {
  /** What is wrong, without a value of the document: `is no IAM policy, see Statement.0.Effect`. */
  readonly problem: string;

  constructor(problem: string, detail: string) {
    super(`${problem}:${detail}`);
    this.name = "PolicyDocumentError";
    this.problem = problem;
  }
}

const asList = (given: unknown): unknown[] => (Array.isArray(given) ? given : [given]);
const listOf = <T extends z.ZodType>(value: T) => z.preprocess(asList, z.array(value).min(1));
const texts = listOf(z.string());
const values = listOf(z.union([z.string(), z.number(), z.boolean()]).transform(String));
const principals = z.union([
  z.literal("*").transform(() => ({ AWS: ["*"] })),
  z.strictObject({ AWS: texts, Service: texts, Federated: texts, CanonicalUser: texts }).partial(),
]);
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principals.optional(),
  NotPrincipal: principals.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), values)).default({}),
});
const documentSchema = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).default("2008-10-17"),
  Id: z.string().optional(),
  Statement: z.preprocess(asList, z.array(statementSchema)),
});

/**
 * Reads a policy document. Which elements go together depends on where the policy stands, and is not looked at.
 * @param document JSON text, or what it would say.
 * @throws {PolicyDocumentError} for what is no JSON, or has elements or values that AWS does not have.
 */
export function parsePolicyDocument(document: unknown): PolicyDocument {
  const result = documentSchema.safeParse(typeof document === "string" ? parseJson(document) : document);
  if (!result.success) {
    const [place] = result.error.issues.map(({ path }) => path.join("."));
    throw new PolicyDocumentError(
      `is no IAM policy${place ? `, see ${place}` : ""}`,
      `\n${z.prettifyError(result.error)}`,
    );
  }
  const { Version: version, Statement: statements } = result.data;
  return {
    version,
    statements: statements.map((raw) => ({
      sid: raw.Sid,
      effect: raw.Effect,
      actions: raw.Action ?? [],
      notActions: raw.NotAction ?? [],
      resources: raw.Resource ?? [],
      notResources: raw.NotResource ?? [],
      principals: raw.Principal,
      notPrincipals: raw.NotPrincipal,
      conditions: raw.Condition,
    })),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new PolicyDocumentError("is no JSON", ` ${(error as Error).message}`);
  }
}
