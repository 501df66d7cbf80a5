import assert from "node:assert/strict";
import { accessDeniedMessage, type AccessDenied } from "../../../local/iam/access-denied.ts";
import { createAuthorizer } from "../../../local/iam/authorizer.ts";
import type { Principal } from "../../../local/iam/request.ts";
import { account, planOf, policyText, role, roleArn, type Declared } from "./plan-of.ts";

const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const call = { role: "reader", action: "s3:GetObject", resource: "arn:aws:s3:::lake/a" };
const bucket: Declared = ["aws:s3/bucket:Bucket", "lake", { bucket: "lake" }];
const noon = () => new Date("2026-11-20T12:00:00Z");

function decideWith(Condition: object, more: Declared[] = [bucket], resource = call.resource): string {
  const plan = planOf(...role("reader", { ...read, Action: "*", Condition }), ...more);
  return createAuthorizer(plan, noon).authorize({ ...call, resource }).decision;
}

describe("an authorizer", () => {
  it("knows a role by name and by ARN", () => {
    const { authorize } = createAuthorizer(planOf(...role("reader", read)));
    assert.equal(authorize(call).decision, "allowed");
    assert.equal(authorize({ ...call, role: roleArn("reader") }).decision, "allowed");
    assert.throws(() => authorize({ ...call, role: "nobody" }), /no role "nobody"/);
  });

  for (const [key, operator, value] of [
    ["aws:PrincipalArn", "ArnEquals", roleArn("reader")],
    ["aws:PrincipalAccount", "StringEquals", account],
    ["aws:PrincipalType", "StringEquals", "AssumedRole"],
    ["aws:PrincipalIsAWSService", "Bool", "false"],
    ["aws:ViaAWSService", "Bool", "false"],
    ["aws:SecureTransport", "Bool", "true"],
    ["aws:CurrentTime", "DateLessThan", "2026-11-20T12:00:01Z"],
    ["aws:EpochTime", "NumericEquals", "1795176000"],
    ["aws:ResourceAccount", "StringEquals", account],
    ["s3:ResourceAccount", "StringEquals", account],
    ["s3:TlsVersion", "NumericGreaterThanEquals", "1.2"],
    ["s3:signatureversion", "StringEquals", "AWS4-HMAC-SHA256"],
  ] as const) {
    it(`tells ${key}`, () => {
      assert.equal(decideWith({ [operator]: { [key]: value } }), "allowed");
    });
  }

  it("tells account and region of a resource by its ARN", () => {
    const stream = `arn:aws:kinesis:eu-west-1:${account}:stream/a`;
    const condition = {
      StringEquals: { "aws:RequestedRegion": "eu-west-1", "aws:ResourceAccount": account },
    };
    assert.equal(decideWith(condition, [], stream), "allowed");
    assert.equal(decideWith({}, [], "*"), "allowed");
  });

  it("does not tell the account of a bucket that is not declared", () => {
    assert.throws(
      () => decideWith({ StringEquals: { "aws:ResourceAccount": account } }, []),
      /does not say what aws:ResourceAccount is/,
    );
  });

  it("tells the role's tags", () => {
    const [declared, ...rest] = role("reader", {
      ...read,
      Condition: { StringEquals: { "aws:PrincipalTag/team": "data" } },
    });
    assert.ok(declared);
    declared[2]["tags"] = { team: "data" };
    assert.equal(createAuthorizer(planOf(declared, ...rest)).authorize(call).decision, "allowed");
  });

  it("lets the call's own context go first", () => {
    const plan = planOf(
      ...role("reader", { ...read, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    );
    const context = { "aws:SecureTransport": "false" };
    assert.equal(createAuthorizer(plan).authorize({ ...call, context }).decision, "implicitDeny");
  });

  it("heeds the policies of the resource", () => {
    const policy = policyText({ ...read, Effect: "Deny", Principal: "*" });
    const plan = planOf(...role("reader", read), [
      "aws:s3/bucketPolicy:BucketPolicy",
      "lake",
      { bucket: "lake", policy },
    ]);
    const { authorize } = createAuthorizer(plan);
    assert.equal(authorize(call).decision, "explicitDeny");
    assert.equal(authorize({ ...call, resource: "arn:aws:s3:::other/a" }).decision, "allowed");
  });

  it("heeds a boundary", () => {
    const [declared, ...rest] = role("reader", read);
    assert.ok(declared);
    declared[2]["permissionsBoundary"] = `arn:aws:iam::${account}:policy/limit`;
    const limit: Declared = [
      "aws:iam/policy:Policy",
      "limit",
      { name: "limit", policy: policyText({ ...read, Action: "s3:ListBucket" }) },
    ];
    const { policyType } = createAuthorizer(planOf(declared, ...rest, limit)).authorize(call);
    assert.equal(policyType, "permissions boundary");
  });

  it("evaluates one account only", () => {
    const { authorize, assumeRole } = createAuthorizer(planOf(...role("reader", read)));
    const stream = "arn:aws:kinesis:eu-west-1:999999999999:stream/a";
    assert.throws(
      () => authorize({ ...call, resource: stream }),
      /in account 999999999999, .* evaluates one account only/,
    );
    assert.throws(
      () => assumeRole({ role: "reader", principal: { AWS: "arn:aws:iam::999999999999:user/me" } }),
      /one account only/,
    );
  });
});

describe("becoming a role", () => {
  const decide = (principal: Principal, context = {}, ...statements: object[]) =>
    createAuthorizer(planOf(...role("delivery"), ...role("caller", ...statements), ...analyst)).assumeRole({
      role: "Service" in principal ? "delivery" : "analyst",
      principal,
      context,
    }).decision;
  const trust = policyText({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "sts:AssumeRole",
  });
  const analyst: Declared[] = [
    [
      "aws:iam/role:Role",
      "analyst",
      { name: "analyst", assumeRolePolicy: trust },
      { arn: roleArn("analyst") },
    ],
  ];
  const firehose = { Service: "firehose.amazonaws.com" };

  it("needs what the trust policy asks for", () => {
    assert.equal(decide(firehose, { "sts:ExternalId": account }), "allowed");
    assert.equal(decide(firehose, { "sts:ExternalId": "999999999999" }), "implicitDeny");
    assert.equal(decide(firehose), "implicitDeny");
    assert.equal(decide({ Service: "glue.amazonaws.com" }, { "sts:ExternalId": account }), "implicitDeny");
  });

  it("is up to the policies of a declared role where the account is trusted", () => {
    const mayAssume = { Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArn("analyst") };
    assert.equal(decide({ AWS: roleArn("caller") }), "implicitDeny");
    assert.equal(decide({ AWS: roleArn("caller") }, {}, mayAssume), "allowed");
    assert.equal(decide({ AWS: `arn:aws:sts::${account}:assumed-role/caller/me` }, {}, mayAssume), "allowed");
  });

  it("is taken to be allowed to a user whom the plan does not declare", () => {
    assert.equal(decide({ AWS: `arn:aws:iam::${account}:user/me` }), "allowed");
  });
});

describe("a denial", () => {
  const decision = { decision: "implicitDeny", policyType: "identity-based policy", reason: "" } as const;
  const denied = {
    user: "arn:aws:sts::1:assumed-role/r/sluice",
    action: "kms:Decrypt",
    resource: "arn:k",
    decision,
  };
  const start = "User: arn:aws:sts::1:assumed-role/r/sluice is not authorized to perform: kms:Decrypt";

  for (const [change, end] of [
    [{}, " on resource: arn:k because no identity-based policy allows the kms:Decrypt action"],
    [
      { policyType: "resource-based policy" },
      " on resource: arn:k because no resource-based policy allows the kms:Decrypt action",
    ],
    [
      { policyType: "permissions boundary" },
      " on resource: arn:k because no permissions boundary allows the kms:Decrypt action",
    ],
    [{ policyType: "role trust policy" }, " because no role trust policy allows the kms:Decrypt action"],
    [{ decision: "explicitDeny" }, " on resource: arn:k with an explicit deny in an identity-based policy"],
    [
      { decision: "explicitDeny", policyType: "resource-based policy" },
      " on resource: arn:k with an explicit deny in a resource-based policy",
    ],
    [
      { decision: "explicitDeny", policyType: "permissions boundary" },
      " on resource: arn:k with an explicit deny in a permissions boundary",
    ],
    [
      { decision: "explicitDeny", policyType: "role trust policy" },
      " with an explicit deny in the role trust policy",
    ],
  ] as const) {
    it(`reads as AWS writes it: ...${end}`, () => {
      assert.equal(accessDeniedMessage({ ...denied, decision: { ...decision, ...change } }), start + end);
    });
  }

  it("stops at the first call and says what came nearest", () => {
    const plan = planOf(...role("reader", { ...read, Sid: "Read", Resource: "arn:aws:s3:::lake/a" }));
    const { authorizeAll } = createAuthorizer(plan);
    authorizeAll([call]);
    assert.throws(
      () => authorizeAll([call, { ...call, resource: "arn:aws:s3:::lake/b" }, { ...call, role: "nobody" }]),
      (error: AccessDenied) =>
        error.name === "AccessDenied" &&
        error.resource === "arn:aws:s3:::lake/b" &&
        error.reason === "reader-policy/Read would allow s3:GetObject, but its Resource does not match.",
    );
  });
});
