import assert from "node:assert/strict";
import { substituteVariables } from "../../../local/iam/policy-variables.ts";
import { matchesPattern } from "../../../aws/wildcard.ts";

const context = {
  "aws:PrincipalTag/team": "data*",
  "aws:CalledVia": ["athena.amazonaws.com"],
  "aws:PrincipalAccount": "123456789012",
};

function covers(text: string, value: string): boolean {
  const pattern = substituteVariables(text, context);
  return pattern !== undefined && matchesPattern(pattern, value);
}

describe("policy variables", () => {
  it("are replaced by the value of their key, whatever its case", () => {
    assert.ok(covers("arn:aws:s3:::lake-${AWS:principalaccount}/*", "arn:aws:s3:::lake-123456789012/a/b"));
    assert.ok(!covers("arn:aws:s3:::lake-${aws:PrincipalAccount}/*", "arn:aws:s3:::lake-999999999999/a"));
  });

  it("never bring in a wildcard", () => {
    assert.ok(covers("team/${aws:PrincipalTag/team}", "team/data*"));
    assert.ok(!covers("team/${aws:PrincipalTag/team}", "team/database"));
  });

  it("take their default when the key is absent", () => {
    assert.ok(covers("home/${aws:username, 'nobody'}/*", "home/nobody/a"));
    assert.ok(covers("home/${aws:PrincipalAccount, 'nobody'}", "home/123456789012"));
  });

  it("without a value make a text that matches nothing", () => {
    assert.equal(substituteVariables("home/${aws:username}", context), undefined);
  });

  it("can't be keys of several values", () => {
    assert.equal(substituteVariables("${aws:CalledVia}", context), undefined);
  });

  it("spell wildcards and the dollar sign as themselves", () => {
    assert.ok(covers("a${*}b${?}c${$}", "a*b?c$"));
    assert.ok(!covers("a${*}b", "aXb"));
  });
});
