import { z } from "zod";
import { defineBucketRule } from "../../rule/define-bucket-rule.ts";
import { statementsOf, type Statement } from "../../rule/iam-document.ts";
import { bucketPolicy } from "../../rule/resource-types.ts";

function deniesEverybody({ effect, principals, actions }: Statement): boolean {
  return (
    effect === "Deny" &&
    (principals["AWS"] ?? []).includes("*") &&
    actions.some((a) => a === "*" || a === "s3:*")
  );
}

function condition(statement: Statement, operator: string, key: string): readonly string[] {
  const tests = Object.entries(statement.conditions[operator] ?? {});
  return tests.find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? [];
}

/** The bucket's ARN and its objects' `/*`. */
function coversBucketAndObjects({ resources }: Statement): boolean {
  if (resources.includes("*")) return true;
  return resources.some((resource) => !resource.includes("/") && resources.includes(`${resource}/*`));
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
  inlineProperty: "policy",
  missing: "no BucketPolicy names this bucket",
  judge: (declared, { bucket, stack, violation }) => {
    const denying = () =>
      declared
        .flatMap(({ props }) => statementsOf(props["policy"], "policy"))
        .filter((statement) => deniesEverybody(statement) && coversBucketAndObjects(statement));
    stack.each([bucket], () => {
      if (denying().some((s) => condition(s, "Bool", "aws:SecureTransport").includes("false"))) return;
      violation("no statement denies s3:* on the bucket and its objects when aws:SecureTransport is false");
    });
    const { minTls } = stack.config;
    if (minTls === "") return;
    stack.each([bucket], () => {
      const asked = denying().flatMap((s) => condition(s, "NumericLessThan", "s3:TlsVersion"));
      if (!asked.some((version) => Number(version) >= Number(minTls))) {
        violation(`no statement denies TLS below ${minTls} (NumericLessThan s3:TlsVersion)`);
      }
    });
  },
});
