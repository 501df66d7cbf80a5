import { createHash } from "node:crypto";

/** The account that stands in a plan for the one that only credentials could tell. */
export const placeholderAccount = "123456789012";

export interface Deployed {
  account: string;
  region: string;
}

/**
 * What AWS adds to a resource's inputs when it creates it, as far as programs ask for it: an id and an ARN. Physical
 * names are taken from the inputs.
 */
export function computedOutputs(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  { account, region }: Deployed,
): { id: string; outputs: Record<string, unknown> } {
  const service = /^aws:([^/]+)\//.exec(type)?.[1] ?? "";
  const physicalName = firstText(inputs["bucket"], inputs["name"], name);
  switch (type) {
    case "aws:kms/key:Key": {
      const keyId = uuidOf(name);
      return { id: keyId, outputs: { keyId, arn: `arn:aws:kms:${region}:${account}:key/${keyId}` } };
    }
    case "aws:s3/bucket:Bucket":
      return {
        id: physicalName,
        outputs: { bucket: physicalName, arn: `arn:aws:s3:::${physicalName}`, region },
      };
    case "aws:iam/role:Role":
      return {
        id: physicalName,
        outputs: { name: physicalName, arn: `arn:aws:iam::${account}:role/${physicalName}` },
      };
    default:
      return {
        id: physicalName,
        outputs: {
          ...(inputs["name"] === undefined ? {} : { name: physicalName }),
          arn: firstText(inputs["arn"], `arn:aws:${service}:${region}:${account}:${physicalName}`),
        },
      };
  }
}

function firstText(...values: unknown[]): string {
  return values.find((value): value is string => typeof value === "string" && value !== "") ?? "";
}

/** The same name gives the same UUID, so that two plans of a program are equal. */
function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
