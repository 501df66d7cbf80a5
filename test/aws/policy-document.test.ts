import assert from "node:assert/strict";
import { parsePolicyDocument, PolicyDocumentError } from "../../aws/policy-document.ts";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

describe("a policy document as it is written", () => {
  it("has every list as a list, and an empty one for what is not there", () => {
    assert.deepEqual(parsePolicyDocument({ Statement: { ...statement, Principal: "*" } }), {
      version: "2008-10-17",
      statements: [
        {
          sid: undefined,
          effect: "Allow",
          actions: ["s3:GetObject"],
          notActions: [],
          resources: ["*"],
          notResources: [],
          principals: { AWS: ["*"] },
          notPrincipals: undefined,
          conditions: {},
        },
      ],
    });
  });

  for (const [fault, document, problem] of [
    ["no JSON", "{ secret", "is no JSON"],
    ["no object", undefined, "is no IAM policy"],
    ["no statement", {}, "is no IAM policy, see Statement.0"],
    [
      "an unknown effect",
      { Statement: [statement, { ...statement, Effect: "secret" }] },
      "is no IAM policy, see Statement.1.Effect",
    ],
  ] as const) {
    it(`with ${fault} is refused; the problem says where and no value`, () =>
      assert.throws(
        () => parsePolicyDocument(document),
        (error) => error instanceof PolicyDocumentError && error.problem === problem,
      ));
  }
});
