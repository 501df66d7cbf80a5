import assert from "node:assert/strict";
import { parsePolicy, type PolicyKind } from "../../../local/iam/policy.ts";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const read = (document: unknown, kind: PolicyKind = "identity") =>
  parsePolicy(document, kind, "reader", 'aws:iam/rolePolicy:RolePolicy "reader", policy');
const withStatement = (changes: object) => ({
  Version: "2012-10-17",
  Statement: { ...statement, ...changes },
});

describe("a policy document", () => {
  it("is read from its JSON text, or from what it says", () => {
    const document = withStatement({ Sid: "Read" });
    assert.deepEqual(read(JSON.stringify(document)), read(document));
    assert.equal(read(document).statements[0]?.label, "reader/Read");
  });

  it("names a statement without a Sid by its number", () => {
    const policy = read({ Version: "2012-10-17", Statement: [{ ...statement, Sid: "Read" }, statement] });
    assert.deepEqual(
      policy.statements.map(({ label }) => label),
      ["reader/Read", "reader/statement 2"],
    );
  });

  it("takes one value or a list, and numbers and booleans in conditions", () => {
    const [one] = read(withStatement({ Condition: { Bool: { "aws:SecureTransport": false } } })).statements;
    assert.deepEqual(one?.actions, ["s3:GetObject"]);
    assert.deepEqual(one?.conditions[0]?.values, ["false"]);
  });

  it("knows variables in version 2012-10-17 only", () => {
    assert.equal(read(withStatement({})).statements[0]?.variables, true);
    assert.equal(read({ Statement: statement }).statements[0]?.variables, false);
  });

  it("completes an ARN of fewer than six parts", () => {
    const [one] = read(withStatement({ Resource: "arn:aws:sqs" })).statements;
    assert.deepEqual(one?.resources, ["arn:aws:sqs:*:*:*"]);
  });

  const origin = 'aws:iam/rolePolicy:RolePolicy "reader", policy';
  for (const [fault, document, kind, message] of [
    ["text that is no JSON", "{", "identity", /is no JSON: /],
    ["no policy at all", undefined, "identity", /is no IAM policy/],
    ["an unknown version", { Version: "2020-01-01", Statement: statement }, "identity", /Version/],
    ["an element that AWS does not have", withStatement({ Resources: "*" }), "identity", /Resources/],
    ["an unknown effect", withStatement({ Effect: "allow" }), "identity", /Effect/],
    ["no Action", withStatement({ Action: undefined }), "identity", /it needs either Action or NotAction/],
    ["Action and NotAction", withStatement({ NotAction: "s3:*" }), "identity", /either Action or NotAction/],
    ["an empty list of actions", withStatement({ Action: [] }), "identity", /Action/],
    [
      "an action without a service",
      withStatement({ Action: "GetObject" }),
      "identity",
      /"GetObject" names no service/,
    ],
    ["no Resource", withStatement({ Resource: undefined }), "identity", /either Resource or NotResource/],
    [
      "a resource that is no ARN",
      withStatement({ Resource: "my-bucket/*" }),
      "identity",
      /neither "\*" nor an ARN/,
    ],
    [
      "a resource of any service",
      withStatement({ Resource: "arn:aws:*:::x" }),
      "identity",
      /"arn:aws:\*:::x"/,
    ],
    ["a Principal in a role's policy", withStatement({ Principal: "*" }), "identity", /has no Principal/],
    [
      "no Principal in a resource's policy",
      withStatement({}),
      "resource",
      /either Principal or NotPrincipal/,
    ],
    [
      "a Resource in a trust policy",
      withStatement({ Principal: "*" }),
      "trust",
      /a trust policy has no Resource/,
    ],
    ["an unknown kind of principal", withStatement({ Principal: { Role: "a" } }), "resource", /Principal/],
    [
      "a principal with a wildcard",
      withStatement({ Principal: { AWS: "arn:aws:iam::123456789012:role/*" } }),
      "resource",
      /without wildcards/,
    ],
    [
      "Allow with NotPrincipal",
      withStatement({ NotPrincipal: "*" }),
      "resource",
      /NotPrincipal goes with Deny only/,
    ],
    [
      "an unknown operator",
      withStatement({ Condition: { StringIs: { "aws:SourceAccount": "1" } } }),
      "identity",
      /reader\/statement 1: the condition operator "StringIs" is unknown/,
    ],
  ] as const) {
    it(`with ${fault} is refused, naming the resource`, () => {
      assert.throws(
        () => read(document, kind),
        (error: Error) => error.message.startsWith(origin) && message.test(error.message),
      );
    });
  }
});
