import { z } from "zod";
import { defineBucketRule } from "../../authoring/define-bucket-rule.ts";
import { statementsOf, type Statement } from "../../authoring/iam-document.ts";
import { bucketPolicy } from "../../authoring/resource-types.ts";

function deniesEverybody({ effect, principals, actions }: Statement): boolean {
  return (
    effect === "Deny" &&
    principals?.AWS?.includes("*") === true &&
    actions.some((a) => a === "*" || a === "s3:*")
  );
}

/** The values of a statement's only condition; empty when it has another one, which would narrow the denial. */
function onlyCondition({ conditions }: Statement, operator: string, key: string): readonly string[] {
  const tests = Object.entries(conditions).flatMap(([name, keys]) =>
    Object.entries(keys).map(([tested, values]) => ({ name, tested, values })),
  );
  const [test, ...others] = tests;
  if (!test || others.length > 0) return [];
  // A denial holds IfExists as well: every request tells whether it came over TLS.
  const isIt = [operator, `${operator}IfExists`].includes(test.name);
  return isIt && test.tested.toLowerCase() === key.toLowerCase() ? test.values : [];
}

/** The bucket's ARN and its objects' `/*`, in one statement or in several; `bucket*` is both. */
function coverBucketAndObjects(statements: readonly Statement[]): boolean {
  const resources = statements.flatMap((statement) => statement.resources);
  return resources.some(
    (resource) => !resource.includes("/") && (resource.endsWith("*") || resources.includes(`${resource}/*`)),
  );
}

export const s3TlsOnly = defineBucketRule({
  name: "s3-tls-only",
  description: "Each bucket refuses requests without TLS.",
  why: "S3 answers plain HTTP. What goes over it, signed or not, can be read on the way.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS FSBP", reference: "S3.5" },
  tags: ["security", "s3", "encryption"],
  remediationSteps: [
    "Declare an `aws.s3.BucketPolicy` that denies `s3:*` to `*` on the bucket and on `/*` when aws:SecureTransport is false.",
  ],
  config: {
    minTls: z
      .enum(["", "1.2", "1.3"])
      .default("")
      .describe("Lowest TLS version that the policy must ask for; empty: any."),
  },
  companion: bucketPolicy,
  inlineProperties: ["policy"],
  missing: "no BucketPolicy names this bucket",
  evaluate: (declared, { bucket, stack, violation }) => {
    const denying = () =>
      declared.flatMap(({ props }) => statementsOf(props["policy"], "policy")).filter(deniesEverybody);
    stack.each([bucket], () => {
      const plain = denying().filter((statement) =>
        onlyCondition(statement, "Bool", "aws:SecureTransport").some(
          (value) => value.toLowerCase() === "false",
        ),
      );
      if (coverBucketAndObjects(plain)) return;
      violation("no statement denies s3:* on the bucket and its objects when aws:SecureTransport is false");
    });
    const { minTls } = stack.config;
    if (minTls === "") return;
    stack.each([bucket], () => {
      const old = denying().filter((statement) =>
        onlyCondition(statement, "NumericLessThan", "s3:TlsVersion").some(
          (version) => Number(version) >= Number(minTls),
        ),
      );
      if (!coverBucketAndObjects(old)) {
        violation(`no statement denies TLS below ${minTls} (NumericLessThan s3:TlsVersion)`);
      }
    });
  },
});
