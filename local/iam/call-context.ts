import type { Principal, RequestContext } from "./request.ts";
import { partsOfArn } from "../../aws/arn.ts";
import type { PlannedRole } from "./role.ts";

/** What every call by a principal carries (IAM guide, "Global condition context keys"). */
export function contextOfPrincipal(principal: Principal): RequestContext {
  if ("Service" in principal) {
    return { "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": principal.Service };
  }
  const arn = principal.roleArn ?? principal.AWS;
  const { account } = partsOfArn(arn);
  return {
    "aws:PrincipalArn": arn,
    "aws:PrincipalAccount": account,
    "aws:PrincipalIsAWSService": "false",
    "kms:CallerAccount": account,
    ...(principal.roleArn !== undefined && { "aws:PrincipalType": "AssumedRole" }),
  };
}

/** The tags of a role are tags of its sessions. */
export function contextOfTags({ resource }: PlannedRole): RequestContext {
  const tags = { ...asRecord(resource.inputs["tags"]), ...asRecord(resource.inputs["tagsAll"]) };
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) =>
      typeof value === "string" ? [[`aws:PrincipalTag/${key}`, value]] : [],
    ),
  );
}

/**
 * What a call carries by its resource and its time. The SDKs speak TLS 1.2 or later and sign with version 4.
 * @param owner the account of a resource whose ARN names none, as a bucket's; undefined when the plan can't tell.
 */
export function contextOfCall(resource: string, owner: string | undefined, now: Date): RequestContext {
  const { service, region, account } = resource === "*" ? anyResource : partsOfArn(resource);
  const resourceAccount = account || owner;
  return {
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
    "aws:SecureTransport": "true",
    ...(region && { "aws:RequestedRegion": region }),
    ...(resourceAccount && { "aws:ResourceAccount": resourceAccount }),
    ...(service === "s3" && { "s3:TlsVersion": "1.2", "s3:signatureversion": "AWS4-HMAC-SHA256" }),
    ...(service === "s3" && resourceAccount && { "s3:ResourceAccount": resourceAccount }),
  };
}

const anyResource = { service: "", region: "", account: "" };

/** The keys of a call that a service makes on the caller's behalf, the first service first. */
export function calledVia(...services: [string, ...string[]]): RequestContext {
  return {
    "aws:ViaAWSService": "true",
    "aws:CalledVia": services,
    "aws:CalledViaFirst": services[0],
    "aws:CalledViaLast": services.at(-1) ?? services[0],
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
