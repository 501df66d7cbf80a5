import assert from "node:assert/strict";
import { policiesOf } from "../../../local/iam/identity-policies.ts";
import { resourcePoliciesFor } from "../../../local/iam/resource-policies.ts";
import { roleOf } from "../../../local/iam/role.ts";
import { unknownValue } from "../../../plan/deployment.ts";
import { account, planOf, policyText, role, roleArn, type Declared } from "./plan-of.ts";

const read = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const named = (policies: { name: string }[]) => policies.map(({ name }) => name);
const managed: Declared = [
  "aws:iam/policy:Policy",
  "readers",
  { name: "readers", path: "/team/", policy: policyText(read) },
];
const managedArn = `arn:aws:iam::${account}:policy/team/readers`;
const withRole = (inputs: Record<string, unknown>): Declared => {
  const [[type, name, declared, outputs = {}] = [] as unknown as Declared] = role("reader");
  return [type, name, { ...declared, ...inputs }, outputs];
};

describe("a role's policies", () => {
  it("are its inline ones, wherever they are declared", () => {
    const inline = { inlinePolicies: [{ name: "in-role", policy: policyText(read) }] };
    const plan = planOf(withRole(inline), ...role("reader", read).slice(1), ...role("writer", read));
    assert.deepEqual(named([...policiesOf(plan, "reader").identity]), ["in-role", "reader-policy"]);
  });

  for (const [how, declared] of [
    [
      "an attachment",
      [
        ...role("reader"),
        ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { role: "reader", policyArn: managedArn }],
      ],
    ],
    [
      "an attachment to several roles",
      [
        ...role("reader"),
        ["aws:iam/policyAttachment:PolicyAttachment", "a", { roles: ["reader"], policyArn: managedArn }],
      ],
    ],
    ["the role itself", [withRole({ managedPolicyArns: [managedArn] })]],
  ] as [string, Declared[]][]) {
    it(`are the managed ones that ${how} attaches`, () => {
      assert.deepEqual(named([...policiesOf(planOf(managed, ...declared), "reader").identity]), ["readers"]);
    });
  }

  it("find a managed policy by the ARN that the plan gives it", () => {
    const [type, name, inputs] = managed;
    const plan = planOf(
      [type, name, inputs, { arn: "arn:aws:iam::1:readers" }],
      withRole({ permissionsBoundary: "arn:aws:iam::1:readers" }),
    );
    assert.equal(policiesOf(plan, "reader").permissionsBoundary?.name, "readers");
  });

  it("can't be told when a managed policy's text is not in the plan", () => {
    const attachment: Declared = [
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "a",
      { role: "reader", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    ];
    const namesake: Declared = ["aws:iam/policy:Policy", "b", { name: "ReadOnlyAccess", policy: "{}" }];
    for (const others of [[], [namesake]]) {
      assert.throws(
        () => policiesOf(planOf(...role("reader"), ...others, attachment), "reader"),
        /"a" attaches arn:aws:iam::aws:policy\/ReadOnlyAccess, but the plan does not hold/,
      );
    }
  });

  it("name the resource when they are malformed", () => {
    const policy: Declared = ["aws:iam/rolePolicy:RolePolicy", "bad", { role: "reader", policy: "{" }];
    assert.throws(
      () => policiesOf(planOf(...role("reader"), policy), "reader"),
      /^Error: aws:iam\/rolePolicy:RolePolicy "bad", policy is no JSON/,
    );
    assert.throws(
      () => policiesOf(planOf(withRole({ assumeRolePolicy: "[]" })), "reader"),
      /"reader", assumeRolePolicy is no IAM policy/,
    );
    const inline = { inlinePolicies: [{ name: "a", policy: "no" }] };
    assert.throws(
      () => policiesOf(planOf(withRole(inline)), "reader"),
      /"reader", inlinePolicies\[0\] is no JSON/,
    );
  });

  it("must be known", () => {
    const plan = planOf(withRole({ assumeRolePolicy: unknownValue }));
    assert.throws(() => policiesOf(plan, "reader"), /does not know assumeRolePolicy yet/);
  });
});

describe("a role", () => {
  it("is found by name, by ARN and by a session's ARN", () => {
    const plan = planOf(...role("reader"));
    for (const name of ["reader", roleArn("reader"), `arn:aws:sts::${account}:assumed-role/reader/me`]) {
      assert.equal(roleOf(plan, name).arn, roleArn("reader"));
      assert.equal(roleOf(plan, name).sessionArn, `arn:aws:sts::${account}:assumed-role/reader/sluice`);
    }
  });

  it("has the ARN that the plan mentions where the provider tells none", () => {
    const bare: Declared = ["aws:iam/role:Role", "reader", { name: "reader", path: "/team/" }];
    const mention: Declared = [
      "aws:s3/bucketPolicy:BucketPolicy",
      "b",
      { policy: `{"AWS":"arn:aws:iam::${account}:role/team/reader"}` },
    ];
    assert.equal(roleOf(planOf(bare, mention), "reader").arn, `arn:aws:iam::${account}:role/team/reader`);
    assert.throws(() => roleOf(planOf(bare), "reader"), /nothing in the plan says what the role's ARN is/);
  });

  it("that is not declared is an error that lists the others", () => {
    assert.throws(
      () => roleOf(planOf(...role("reader"), ...role("writer")), "admin"),
      /no role "admin". Its roles: reader, writer\./,
    );
    assert.throws(() => roleOf(planOf(), `arn:aws:iam::${account}:user/me`), /Its roles: none\./);
  });
});

describe("a resource's policies", () => {
  const everyone = { ...read, Principal: "*" };
  const keyArn = `arn:aws:kms:eu-west-1:${account}:key/1`;
  const key = (inputs: object): Declared => [
    "aws:kms/key:Key",
    "key",
    { ...inputs },
    { arn: keyArn, keyId: "1" },
  ];
  const sids = (plan: ReturnType<typeof planOf>, arn: string) =>
    resourcePoliciesFor(plan, arn).flatMap(({ statements }) =>
      statements.map(({ label }) => label.split("/").at(-1)),
    );

  it("of a bucket are those of its objects", () => {
    const plan = planOf([
      "aws:s3/bucketPolicy:BucketPolicy",
      "lake",
      { bucket: "lake", policy: policyText(everyone) },
    ]);
    assert.deepEqual(sids(plan, "arn:aws:s3:::lake"), ["Read"]);
    assert.deepEqual(sids(plan, "arn:aws:s3:::lake/a/b"), ["Read"]);
    assert.deepEqual(sids(plan, "arn:aws:s3:::lakes/a"), []);
  });

  it("of a key are the key's own, or those of a KeyPolicy", () => {
    const own = key({ policy: policyText(everyone) });
    const later: Declared = [
      "aws:kms/keyPolicy:KeyPolicy",
      "k",
      { keyId: "1", policy: policyText({ ...everyone, Sid: "Later" }) },
    ];
    assert.deepEqual(sids(planOf(own), keyArn), ["Read"]);
    assert.deepEqual(sids(planOf(own, later), keyArn), ["Later"]);
  });

  it("of a key that declares none leave its use to the account", () => {
    assert.deepEqual(sids(planOf(key({})), keyArn), ["EnableIAMUserPermissions"]);
    assert.deepEqual(sids(planOf(), keyArn), ["EnableIAMUserPermissions"]);
  });

  it("of a stream and of the catalog are found by their type", () => {
    const arn = `arn:aws:kinesis:eu-west-1:${account}:stream/clicks`;
    const plan = planOf(
      ["aws:kinesis/resourcePolicy:ResourcePolicy", "s", { resourceArn: arn, policy: policyText(everyone) }],
      ["aws:glue/resourcePolicy:ResourcePolicy", "g", { policy: policyText({ ...everyone, Sid: "Glue" }) }],
    );
    assert.deepEqual(sids(plan, arn), ["Read"]);
    assert.deepEqual(sids(plan, `${arn}s`), []);
    assert.deepEqual(sids(plan, `arn:aws:glue:eu-west-1:${account}:catalog`), ["Glue"]);
  });

  it("are one: two resources would overwrite each other", () => {
    const declared = (name: string): Declared => [
      "aws:s3/bucketPolicy:BucketPolicy",
      name,
      { bucket: "lake", policy: policyText(everyone) },
    ];
    assert.throws(
      () => sids(planOf(declared("a"), declared("b")), "arn:aws:s3:::lake"),
      /"a" and .*"b" are the policy of the same/,
    );
  });

  it("of anything else are none", () => {
    assert.deepEqual(sids(planOf(), "*"), []);
    assert.deepEqual(sids(planOf(), `arn:aws:logs:eu-west-1:${account}:log-group:a`), []);
  });

  it("name the resource when they are malformed", () => {
    const plan = planOf(["aws:s3/bucketPolicy:BucketPolicy", "lake", { bucket: "lake", policy: "{" }]);
    assert.throws(
      () => resourcePoliciesFor(plan, "arn:aws:s3:::lake"),
      /BucketPolicy "lake", policy is no JSON/,
    );
  });
});
