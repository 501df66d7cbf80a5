import assert from "node:assert/strict";
import { conditionHolds, parseCondition } from "../../../local/iam/condition.ts";
import type { RequestContext } from "../../../local/iam/request.ts";

const arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";
const absent = undefined;

/** operator, values of the policy, value of the request, whether the condition holds. */
type Case = [operator: string, policy: string[], request: string | string[] | undefined, holds: boolean];

const cases: Case[] = [
  ["StringEquals", ["a", "b"], "b", true],
  ["StringEquals", ["a"], "A", false],
  ["StringEquals", ["a*"], "ab", false],
  ["StringEquals", ["a"], absent, false],
  ["StringNotEquals", ["a"], "b", true],
  ["StringNotEquals", ["a", "b"], "b", false],
  ["StringNotEquals", ["a"], absent, true],
  ["StringEqualsIgnoreCase", ["a"], "A", true],
  ["StringEqualsIgnoreCase", ["a"], "b", false],
  ["StringNotEqualsIgnoreCase", ["a"], "b", true],
  ["StringNotEqualsIgnoreCase", ["a"], "A", false],
  ["StringLike", ["data/*"], "data/dt=1/", true],
  ["StringLike", ["data/*"], "other/", false],
  ["StringLike", ["*"], absent, false],
  ["StringNotLike", ["data/*"], "other/", true],
  ["StringNotLike", ["data/*"], "data/", false],
  ["StringNotLike", ["*"], absent, true],
  ["ArnEquals", ["arn:aws:kinesis:*:123456789012:stream/*"], arn, true],
  ["ArnEquals", ["arn:aws:kinesis:*:stream/clicks"], arn, false],
  ["ArnEquals", ["arn:aws:kinesis:*:123456789012:stream/*"], "no arn", false],
  ["ArnLike", ["arn:aws:logs:*:*:log-group:/a*"], "arn:aws:logs:r:1:log-group:/a:log-stream:b", true],
  ["ArnLike", ["arn:aws:firehose:*:*:deliverystream/*"], arn, false],
  ["ArnNotEquals", ["arn:aws:firehose:*:*:*"], arn, true],
  ["ArnNotEquals", [arn], arn, false],
  ["ArnNotLike", ["arn:aws:s3:::*"], arn, true],
  ["ArnNotLike", ["arn:aws:kinesis:*:*:*"], arn, false],
  ["ArnNotLike", ["arn:aws:kinesis:*:*:*"], absent, true],
  ["Bool", ["false"], "false", true],
  ["Bool", ["False"], "false", true],
  ["Bool", ["false"], "true", false],
  ["Bool", ["false"], absent, false],
  ["NumericEquals", ["1.0"], "1", true],
  ["NumericEquals", ["1"], "2", false],
  ["NumericNotEquals", ["1"], "2", true],
  ["NumericNotEquals", ["1"], "1.0", false],
  ["NumericLessThan", ["1.2"], "1.1", true],
  ["NumericLessThan", ["1.2"], "1.2", false],
  ["NumericLessThanEquals", ["10"], "10", true],
  ["NumericLessThanEquals", ["10"], "11", false],
  ["NumericGreaterThan", ["10"], "11", true],
  ["NumericGreaterThan", ["10"], "9", false],
  ["NumericGreaterThanEquals", ["10"], "10", true],
  ["NumericGreaterThanEquals", ["-1"], "-2", false],
  ["DateEquals", ["2026-11-20T00:00:00Z"], "1795132800", true],
  ["DateEquals", ["2026-11-20"], "2026-11-21", false],
  ["DateNotEquals", ["2026"], "2026-02-01", true],
  ["DateNotEquals", ["2026"], "2026-01-01", false],
  ["DateLessThan", ["2026-11-20T00:00:00Z"], "2026-11-20T00:59:59+01:00", true],
  ["DateLessThan", ["2026-11-20T00:00:00Z"], "2026-11-20T00:00:00Z", false],
  ["DateLessThanEquals", ["2026-11-20T00:00:00Z"], "2026-11-20T00:00:00Z", true],
  ["DateLessThanEquals", ["2026-11-20T00:00:00Z"], "2026-11-20T00:00:01Z", false],
  ["DateGreaterThan", ["2026-11-20T00:00:00Z"], "2026-11-20T00:00:00.5Z", true],
  ["DateGreaterThan", ["2026-11-20T00:00:00Z"], "2026-11-19", false],
  ["DateGreaterThanEquals", ["2026-11-20"], "2026-11-20T00:00Z", true],
  ["DateGreaterThanEquals", ["2026-11-20"], "2026-11-19", false],
  ["IpAddress", ["10.0.0.0/8"], "10.1.2.3", true],
  ["IpAddress", ["10.0.0.0/8", "192.0.2.1"], "192.0.2.1", true],
  ["IpAddress", ["10.0.0.0/8"], "11.0.0.1", false],
  ["IpAddress", ["2001:db8::/32"], "2001:db8::1", true],
  ["NotIpAddress", ["10.0.0.0/8"], "11.0.0.1", true],
  ["NotIpAddress", ["10.0.0.0/8"], "10.1.2.3", false],
  ["Null", ["true"], absent, true],
  ["Null", ["true"], "a", false],
  ["Null", ["false"], "a", true],
  ["Null", ["false"], absent, false],
  ["StringEqualsIfExists", ["a"], absent, true],
  ["StringEqualsIfExists", ["a"], "b", false],
  ["StringNotEqualsIfExists", ["a"], absent, true],
  ["BoolIfExists", ["true"], "false", false],
  ["ForAnyValue:StringEquals", ["a", "b"], ["b", "c"], true],
  ["ForAnyValue:StringEquals", ["a"], ["b", "c"], false],
  ["ForAnyValue:StringEquals", ["a"], absent, false],
  ["ForAnyValue:StringEquals", ["a"], "a", true],
  ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
  ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "b"], false],
  ["ForAnyValue:StringNotEquals", ["a"], absent, false],
  ["ForAnyValue:StringLikeIfExists", ["a"], absent, false],
  ["ForAllValues:StringEquals", ["a", "b"], ["b", "a"], true],
  ["ForAllValues:StringEquals", ["a"], ["a", "b"], false],
  ["ForAllValues:StringEquals", ["a"], absent, true],
  ["ForAllValues:StringNotLike", ["a*"], ["b", "c"], true],
  ["ForAllValues:StringNotLike", ["a*"], ["b", "ab"], false],
];

const key = "sts:ExternalId";
const contextOf = (value: string | string[] | undefined): RequestContext =>
  value === undefined ? {} : { [key]: value };

describe("conditions", () => {
  for (const [operator, policy, request, holds] of cases) {
    const said = request === undefined ? "an absent key" : JSON.stringify(request);
    it(`${operator} ${JSON.stringify(policy)} ${holds ? "holds" : "does not hold"} for ${said}`, () => {
      const condition = parseCondition(operator, key, policy, true);
      assert.equal(conditionHolds(condition, contextOf(request)), holds);
    });
  }

  it("find their key whatever its case", () => {
    const condition = parseCondition("StringEquals", "STS:externalid", ["a"], true);
    assert.ok(conditionHolds(condition, { "sts:ExternalId": "a" }));
  });

  it("replace variables in strings and ARNs", () => {
    const condition = parseCondition("StringEquals", key, ["${aws:PrincipalAccount}"], true);
    assert.ok(conditionHolds(condition, { [key]: "1", "aws:PrincipalAccount": "1" }));
    assert.ok(!conditionHolds(condition, { [key]: "1", "aws:PrincipalAccount": "2" }));
    assert.ok(!conditionHolds(condition, { [key]: "1" }));
  });

  it("leave variables alone in a policy whose version has none", () => {
    const condition = parseCondition("StringEquals", key, ["${aws:PrincipalAccount}"], false);
    assert.ok(conditionHolds(condition, { [key]: "${aws:PrincipalAccount}", "aws:PrincipalAccount": "1" }));
  });

  it("do not hold by a variable without a value", () => {
    const condition = parseCondition("StringNotEquals", key, ["${aws:username}"], true);
    assert.throws(
      () => conditionHolds(condition, { [key]: "a" }),
      /no value for the variable in "\$\{aws:username\}"/,
    );
  });

  for (const [operator, values, message] of [
    ["StringMatches", ["a"], /the condition operator "StringMatches" is unknown: StringEquals, /],
    ["ForSomeValues:StringEquals", ["a"], /"ForSomeValues:StringEquals" is unknown/],
    ["NullIfExists", ["true"], /"NullIfExists" is unknown/],
    ["Null", ["yes"], /Null sts:ExternalId is "yes": Null takes true or false/],
    ["Bool", ["yes"], /"yes" is neither true nor false/],
    ["NumericEquals", ["one"], /"one" is no number/],
    ["DateLessThan", ["tomorrow"], /"tomorrow" is no ISO 8601 date/],
    ["DateLessThan", ["2026-13-01"], /"2026-13-01" is no ISO 8601 date/],
    ["IpAddress", ["10.0.0.0/33"], /"10.0.0.0\/33" is no IP range/],
    ["IpAddress", ["10.0.0"], /"10.0.0" is no IP range/],
    ["IpAddress", ["10.0.0.0/8/8"], /is no IP range/],
  ] as const) {
    it(`${operator} ${values.join()} is refused`, () => {
      assert.throws(() => parseCondition(operator, key, values, true), message);
    });
  }

  it("refuse a request's value of the wrong type", () => {
    assert.throws(
      () => conditionHolds(parseCondition("NumericEquals", key, ["1"], true), { [key]: "a" }),
      /no number/,
    );
    const ip = parseCondition("NotIpAddress", key, ["10.0.0.0/8"], true);
    assert.throws(() => conditionHolds(ip, { [key]: "here" }), /"here" is no IP address/);
  });

  it("refuse several values without a set operator", () => {
    const condition = parseCondition("StringEquals", "aws:CalledVia", ["a"], true);
    assert.throws(
      () => conditionHolds(condition, { "aws:CalledVia": ["a"] }),
      /it needs ForAnyValue: or ForAllValues:/,
    );
  });

  for (const operator of ["StringEquals", "StringNotEquals", "StringEqualsIfExists", "Null"]) {
    it(`${operator} of a key that AWS would fill in and the emulator does not know is an error`, () => {
      const condition = parseCondition(operator, "aws:PrincipalOrgID", ["true"], true);
      assert.throws(() => conditionHolds(condition, {}), /this call does not say what aws:PrincipalOrgID is/);
    });
  }

  it("know tags and the encryption context to be absent", () => {
    for (const name of ["aws:PrincipalTag/team", "kms:EncryptionContext:aws:s3:arn"]) {
      assert.equal(conditionHolds(parseCondition("StringEquals", name, ["a"], true), {}), false);
    }
  });
});
