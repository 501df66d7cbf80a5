import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluate, type Decision, type Evaluation } from "../../../local/iam/evaluate.ts";
import { parsePolicy, type PolicyKind } from "../../../local/iam/policy.ts";
import { account, roleArn } from "./plan-of.ts";

const root = `arn:aws:iam::${account}:root`;
const session = `arn:aws:sts::${account}:assumed-role/reader/sluice`;
const object = "arn:aws:s3:::lake/data/a";
const key = `arn:aws:kms:eu-west-1:${account}:key/1`;

interface Case {
  identity?: object[];
  resource?: object[];
  boundary?: object[];
  action?: string;
  on?: string;
  context?: Evaluation["context"];
  principal?: Evaluation["principal"];
}

const policy = (name: string, kind: PolicyKind, statements: object[]) =>
  parsePolicy({ Version: "2012-10-17", Statement: statements }, kind, name, name);

function decide(given: Case): Decision {
  const action = given.action ?? "s3:GetObject";
  const resourceKind = action === "sts:AssumeRole" ? "trust" : "resource";
  return evaluate({
    principal: given.principal ?? { AWS: session, roleArn: roleArn("reader") },
    action,
    resource: given.on ?? object,
    context: given.context ?? {},
    identityPolicies: given.identity ? [policy("identity", "identity", given.identity)] : [],
    resourcePolicies: given.resource ? [policy("resource", resourceKind, given.resource)] : [],
    ...(given.boundary && { permissionsBoundary: policy("boundary", "identity", given.boundary) }),
  });
}

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: `${object}` };
const deny = { ...allow, Effect: "Deny" };
const by = (statement: object, Principal: unknown) => ({ ...statement, Principal });
const role = { AWS: roleArn("reader") };

type Row = [fact: string, expected: Decision["decision"], given: Case];

/** IAM guide, "Policy evaluation logic", "Policy evaluation for requests within a single account" and its examples. */
const logic: Row[] = [
  ["nothing is allowed by default", "implicitDeny", {}],
  ["an identity-based policy alone allows", "allowed", { identity: [allow] }],
  ["a resource-based policy that names the role allows alone", "allowed", { resource: [by(allow, role)] }],
  ["so does one that names the session", "allowed", { resource: [by(allow, { AWS: session })] }],
  ["so does one that names everyone", "allowed", { resource: [by(allow, "*")] }],
  ["one that names the account does not", "implicitDeny", { resource: [by(allow, { AWS: root })] }],
  [
    "one that names another role does not",
    "implicitDeny",
    { resource: [by(allow, { AWS: roleArn("writer") })] },
  ],
  [
    "one that names a service does not",
    "implicitDeny",
    { resource: [by(allow, { Service: "firehose.amazonaws.com" })] },
  ],
  [
    "one that names the account leaves it to the identity",
    "allowed",
    { identity: [allow], resource: [by(allow, { AWS: account })] },
  ],
  [
    "a Deny in the identity's policy wins",
    "explicitDeny",
    { identity: [allow, deny], resource: [by(allow, role)] },
  ],
  ["a Deny in the resource's policy wins", "explicitDeny", { identity: [allow], resource: [by(deny, role)] }],
  [
    "a Deny for the account hits each in it",
    "explicitDeny",
    { identity: [allow], resource: [by(deny, { AWS: account })] },
  ],
  [
    "a Deny for someone else does not",
    "allowed",
    { identity: [allow], resource: [by(deny, { AWS: roleArn("writer") })] },
  ],
  ["a boundary that allows too changes nothing", "allowed", { identity: [allow], boundary: [allow] }],
  ["a boundary gives nothing by itself", "implicitDeny", { boundary: [allow] }],
  [
    "a boundary that does not allow takes away",
    "implicitDeny",
    { identity: [allow], boundary: [{ ...allow, Action: "s3:ListBucket" }] },
  ],
  [
    "it limits what a resource's policy gives a role",
    "implicitDeny",
    { resource: [by(allow, role)], boundary: [{ ...allow, Action: "s3:ListBucket" }] },
  ],
  ["a Deny in a boundary wins", "explicitDeny", { identity: [allow], boundary: [allow, deny] }],
  [
    "Deny with NotPrincipal hits who is not listed",
    "explicitDeny",
    { identity: [allow], resource: [{ ...deny, NotPrincipal: { AWS: [root, roleArn("writer")] } }] },
  ],
  [
    "it spares who is listed with account, role and session",
    "allowed",
    { identity: [allow], resource: [{ ...deny, NotPrincipal: { AWS: [root, roleArn("reader"), session] } }] },
  ],
  [
    "it hits a role that is listed without its session",
    "explicitDeny",
    { identity: [allow], resource: [{ ...deny, NotPrincipal: { AWS: [root, roleArn("reader")] } }] },
  ],
  [
    "it spares a service that is listed",
    "allowed",
    {
      principal: { Service: "firehose.amazonaws.com" },
      resource: [by(allow, "*"), { ...deny, NotPrincipal: { Service: "firehose.amazonaws.com" } }],
    },
  ],
];

const elements: Row[] = [
  ["an action's case does not matter", "allowed", { identity: [{ ...allow, Action: "S3:getobject" }] }],
  ["an action may have wildcards", "allowed", { identity: [{ ...allow, Action: "s3:Get*" }] }],
  ["another action is not covered", "implicitDeny", { identity: [{ ...allow, Action: "s3:PutObject" }] }],
  ["a ? is one character", "implicitDeny", { identity: [{ ...allow, Action: "s3:Get?" }] }],
  [
    "NotAction covers all others",
    "allowed",
    { identity: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }] },
  ],
  [
    "NotAction leaves its own out",
    "implicitDeny",
    { identity: [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }] },
  ],
  [
    "a resource's case matters",
    "implicitDeny",
    { identity: [{ ...allow, Resource: "arn:aws:s3:::Lake/*" }] },
  ],
  ["a * goes over slashes", "allowed", { identity: [{ ...allow, Resource: "arn:aws:s3:::lake/*" }] }],
  [
    "the bucket is not its objects",
    "implicitDeny",
    { identity: [{ ...allow, Resource: "arn:aws:s3:::lake" }] },
  ],
  [
    "NotResource covers all others",
    "allowed",
    { identity: [{ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::lake/errors/*" }] },
  ],
  [
    "NotResource leaves its own out",
    "implicitDeny",
    { identity: [{ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::lake/*" }] },
  ],
  [
    "a Deny with NotResource hits the rest",
    "explicitDeny",
    { identity: [allow, { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::other/*" }] },
  ],
  [
    "a variable in the resource is the caller's value",
    "allowed",
    {
      identity: [{ ...allow, Resource: "arn:aws:s3:::lake/${aws:PrincipalTag/folder}/*" }],
      context: { "aws:PrincipalTag/folder": "data" },
    },
  ],
  [
    "a variable without a value matches nothing",
    "implicitDeny",
    { identity: [{ ...allow, Resource: "arn:aws:s3:::lake/${aws:PrincipalTag/folder}*" }] },
  ],
  [
    "an action without resources needs the resource *",
    "allowed",
    {
      action: "athena:ListWorkGroups",
      on: "*",
      identity: [{ Effect: "Allow", Action: "athena:*", Resource: "*" }],
    },
  ],
  [
    "and no ARN will do",
    "implicitDeny",
    {
      action: "athena:ListWorkGroups",
      on: "*",
      identity: [{ Effect: "Allow", Action: "athena:*", Resource: "arn:aws:athena:*:*:workgroup/*" }],
    },
  ],
  [
    "all conditions must hold",
    "implicitDeny",
    {
      identity: [
        { ...allow, Condition: { StringEquals: { "aws:SourceAccount": "1", "sts:ExternalId": "2" } } },
      ],
      context: { "aws:SourceAccount": "1" },
    },
  ],
  [
    "conditions that hold change nothing",
    "allowed",
    {
      identity: [
        {
          ...allow,
          Condition: { StringEquals: { "aws:SourceAccount": "1" }, Null: { "sts:ExternalId": "true" } },
        },
      ],
      context: { "aws:SourceAccount": "1" },
    },
  ],
  [
    "a Deny whose condition does not hold denies nothing",
    "allowed",
    {
      identity: [allow, { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } }],
      context: { "aws:SecureTransport": "true" },
    },
  ],
  [
    "a Deny whose condition holds denies",
    "explicitDeny",
    {
      identity: [allow, { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } }],
      context: { "aws:SecureTransport": "false" },
    },
  ],
];

const use = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
const decrypt: Case = { action: "kms:Decrypt", on: key };

/** KMS guide, "Key policies" and "Default key policy". */
const keys: Row[] = [
  ["an identity-based policy does not open a key", "implicitDeny", { ...decrypt, identity: [use] }],
  [
    "unless the key's policy leaves it to the account",
    "allowed",
    { ...decrypt, identity: [use], resource: [by(use, { AWS: root })] },
  ],
  ["the account alone gives nothing", "implicitDeny", { ...decrypt, resource: [by(use, { AWS: root })] }],
  ["the key's policy may name the role", "allowed", { ...decrypt, resource: [by(use, role)] }],
  [
    "a key that names another role stays shut",
    "implicitDeny",
    { ...decrypt, identity: [use], resource: [by(use, { AWS: roleArn("writer") })] },
  ],
  [
    "an action about no key needs no key policy",
    "allowed",
    { action: "kms:ListKeys", on: "*", identity: [{ ...use, Action: "kms:ListKeys" }] },
  ],
];

const assume: Case = { action: "sts:AssumeRole", on: roleArn("analyst") };
const trust = (Principal: unknown, Condition = {}) => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal,
  Condition,
});
const firehose = { Service: "firehose.amazonaws.com" };
const externalId = { StringEquals: { "sts:ExternalId": account } };

/** IAM guide, "Role trust policies". */
const trusts: Row[] = [
  [
    "a service that is trusted becomes the role",
    "allowed",
    { ...assume, principal: firehose, resource: [trust(firehose)] },
  ],
  [
    "another service does not",
    "implicitDeny",
    { ...assume, principal: { Service: "glue.amazonaws.com" }, resource: [trust(firehose)] },
  ],
  [
    "nor without the external id",
    "implicitDeny",
    { ...assume, principal: firehose, resource: [trust(firehose, externalId)] },
  ],
  [
    "but with it",
    "allowed",
    {
      ...assume,
      principal: firehose,
      resource: [trust(firehose, externalId)],
      context: { "sts:ExternalId": account },
    },
  ],
  ["a role that is trusted needs no policy", "allowed", { ...assume, resource: [trust(role)] }],
  ["a role of a trusted account does", "implicitDeny", { ...assume, resource: [trust({ AWS: root })] }],
  [
    "and has it",
    "allowed",
    {
      ...assume,
      resource: [trust({ AWS: root })],
      identity: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
    },
  ],
  [
    "a role that is not trusted can't give itself the right",
    "implicitDeny",
    {
      ...assume,
      resource: [trust(firehose)],
      identity: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
    },
  ],
];

describe("the evaluation logic", () => {
  for (const [title, rows] of [
    ["of one account", logic],
    ["element by element", elements],
    ["of a key", keys],
    ["of a role", trusts],
  ] as const) {
    describe(title, () => {
      for (const [fact, expected, given] of rows) {
        it(fact, () => {
          assert.equal(decide(given).decision, expected);
        });
      }
    });
  }

  it("names the statement that decided and the kind of its policy", () => {
    const { by: statement, policyType } = decide({ identity: [{ ...allow, Sid: "Read" }] });
    assert.deepEqual([statement, policyType], ["identity/Read", "identity-based policy"]);
    const denied = decide({ resource: [by({ ...deny, Sid: "No" }, "*")] });
    assert.deepEqual([denied.by, denied.policyType], ["resource/No", "resource-based policy"]);
    assert.equal(decide({ ...assume, principal: firehose }).policyType, "role trust policy");
    assert.equal(decide({ ...decrypt, identity: [use] }).policyType, "resource-based policy");
    assert.equal(decide({ identity: [allow], boundary: [] }).policyType, "permissions boundary");
  });

  it("says which statement came nearest, and what did not match", () => {
    const nearest = (identity: object[]) => decide({ identity }).reason;
    assert.equal(nearest([]), "No statement is about s3:GetObject.");
    assert.match(
      nearest([{ ...allow, Resource: "arn:aws:s3:::b" }]),
      /identity\/statement 1 would allow .*its Resource does not match/,
    );
    const conditional = { ...allow, Condition: { StringEquals: { "sts:ExternalId": "1" } } };
    assert.match(
      nearest([{ ...allow, Resource: "arn:aws:s3:::b" }, conditional, deny].slice(0, 2)),
      /identity\/statement 2 .*its Condition StringEquals sts:ExternalId does not match/,
    );
  });

  it("is no answer where a condition can't be evaluated", () => {
    const conditional = {
      ...allow,
      Sid: "Office",
      Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    };
    assert.throws(
      () => decide({ identity: [conditional] }),
      /identity\/Office, IpAddress aws:SourceIp: this call does not say/,
    );
    const home = { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::${aws:username}/*" };
    assert.throws(() => decide({ identity: [home] }), /no value for the variable in the NotResource/);
  });
});

describe("for any policies", () => {
  const names = fc.constantFrom("s3:GetObject", "s3:*", "*", "s3:PutObject", "kms:Decrypt");
  const resources = fc.constantFrom(object, "arn:aws:s3:::lake/*", "*", "arn:aws:s3:::other/*", key);
  const conditions = fc.constantFrom(
    {},
    { Bool: { "aws:SecureTransport": "true" } },
    { StringNotEquals: { "sts:ExternalId": "1" } },
  );
  const statement = (Effect: string) =>
    fc.record({ Effect: fc.constant(Effect), Action: names, Resource: resources, Condition: conditions });
  const principal = fc.constantFrom("*", role, { AWS: root }, { AWS: roleArn("writer") });
  const ofResource = (effect: string) =>
    fc.tuple(statement(effect), principal).map(([it, who]) => by(it, who));
  const either = (of: (effect: string) => fc.Arbitrary<object>) => fc.oneof(of("Allow"), of("Deny"));
  const request = fc.record({
    identity: fc.array(either(statement), { maxLength: 4 }),
    resource: fc.array(either(ofResource), { maxLength: 3 }),
    on: fc.constantFrom(object, key),
    action: fc.constantFrom("s3:GetObject", "kms:Decrypt"),
    context: fc.constantFrom<Evaluation["context"]>(
      { "aws:SecureTransport": "true" },
      { "aws:SecureTransport": "false", "sts:ExternalId": "1" },
    ),
  });
  const allowed = (given: Case) => decide(given).decision === "allowed";

  it("a Deny more never grants", () => {
    fc.assert(
      fc.property(request, statement("Deny"), ofResource("Deny"), (given, denied, resourceDenied) => {
        const { identity, resource } = given;
        if (allowed({ ...given, identity: [...identity, denied] })) assert.ok(allowed(given));
        if (allowed({ ...given, resource: [...resource, resourceDenied] })) assert.ok(allowed(given));
      }),
    );
  });

  it("an Allow more never takes away", () => {
    fc.assert(
      fc.property(request, statement("Allow"), ofResource("Allow"), (given, granted, resourceGranted) => {
        const { identity, resource } = given;
        if (!allowed(given)) return;
        assert.ok(allowed({ ...given, identity: [...identity, granted] }));
        assert.ok(allowed({ ...given, resource: [...resource, resourceGranted] }));
      }),
    );
  });

  it("their order does not matter", () => {
    fc.assert(
      fc.property(request, (given) => {
        const reversed = {
          ...given,
          identity: given.identity.toReversed(),
          resource: given.resource.toReversed(),
        };
        assert.equal(decide(given).decision, decide(reversed).decision);
      }),
    );
  });

  it("a boundary never grants", () => {
    fc.assert(
      fc.property(request, fc.array(either(statement), { maxLength: 3 }), (given, boundary) => {
        if (allowed({ ...given, boundary })) assert.ok(allowed(given));
      }),
    );
  });

  it("a Deny of everything denies everything", () => {
    fc.assert(
      fc.property(request, (given) => {
        const identity = [...given.identity, { Effect: "Deny", Action: "*", Resource: "*" }];
        assert.equal(decide({ ...given, identity }).decision, "explicitDeny");
      }),
    );
  });
});
