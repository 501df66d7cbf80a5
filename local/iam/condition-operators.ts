import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";
import { parseArn } from "../../aws/arn.ts";
import { matchesPattern, textOf, type Pattern } from "../../aws/wildcard.ts";

/** How a condition compares a request's value with one of the policy's. */
export interface Operator {
  /** A negated operator holds when no value of the policy matches, and when the key is absent. */
  readonly negated: boolean;
  /** Policy variables are replaced in strings and ARNs only. */
  readonly variables: boolean;
  /** Throws when the policy's value can't be one of this operator. */
  readonly check?: (policyValue: string) => void;
  readonly matches: (requestValue: string, policyValue: Pattern) => boolean;
}

type Comparison = Omit<Operator, "negated">;

const text = (matches: Operator["matches"]): Comparison => ({ variables: true, matches });
const equal = text((value, pattern) => value === textOf(pattern));
const equalIgnoringCase = text((value, pattern) => value.toLowerCase() === textOf(pattern).toLowerCase());
const like = text((value, pattern) => matchesPattern(pattern, value));
/** ArnEquals and ArnLike are the same: each of the six parts by itself, the last with all its colons. */
const arnLike = text((value, pattern) => {
  const arn = parseArn(value);
  if (!arn) return false;
  const parts = ["arn", arn.partition, arn.service, arn.region, arn.account, arn.resource];
  const patterns = splitArn(pattern);
  return patterns.length === 6 && patterns.every((part, index) => matchesPattern(part, parts[index] ?? ""));
});

const numeric = (compare: (request: number, policy: number) => boolean): Comparison =>
  parsed(numberOf, compare);
const date = (compare: (request: number, policy: number) => boolean): Comparison =>
  parsed(instantOf, compare);
const bool = parsed(booleanOf, (request, policy) => request === policy);
const ipAddress: Comparison = {
  variables: false,
  check: (value) => void rangeOf(value),
  matches: (value, pattern) => {
    if (!isIP(value)) throw new Error(`"${value}" is no IP address`);
    return rangeOf(textOf(pattern)).check(value, isIPv6(value) ? "ipv6" : "ipv4");
  },
};

const pairs: [string, string | undefined, Comparison][] = [
  ["StringEquals", "StringNotEquals", equal],
  ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", equalIgnoringCase],
  ["StringLike", "StringNotLike", like],
  ["ArnEquals", "ArnNotEquals", arnLike],
  ["ArnLike", "ArnNotLike", arnLike],
  ["NumericEquals", "NumericNotEquals", numeric((a, b) => a === b)],
  ["NumericLessThan", undefined, numeric((a, b) => a < b)],
  ["NumericLessThanEquals", undefined, numeric((a, b) => a <= b)],
  ["NumericGreaterThan", undefined, numeric((a, b) => a > b)],
  ["NumericGreaterThanEquals", undefined, numeric((a, b) => a >= b)],
  ["DateEquals", "DateNotEquals", date((a, b) => a === b)],
  ["DateLessThan", undefined, date((a, b) => a < b)],
  ["DateLessThanEquals", undefined, date((a, b) => a <= b)],
  ["DateGreaterThan", undefined, date((a, b) => a > b)],
  ["DateGreaterThanEquals", undefined, date((a, b) => a >= b)],
  ["Bool", undefined, bool],
  ["IpAddress", "NotIpAddress", ipAddress],
];

/** The condition operators by name, but for Null (IAM guide, "Condition operators"). */
export const operators: ReadonlyMap<string, Operator> = new Map(
  pairs.flatMap(([name, opposite, comparison]): [string, Operator][] => [
    [name, { ...comparison, negated: false }],
    ...(opposite === undefined
      ? []
      : [[opposite, { ...comparison, negated: true }] satisfies [string, Operator]]),
  ]),
);

function parsed<T>(parse: (value: string) => T, compare: (request: T, policy: T) => boolean): Comparison {
  return {
    variables: false,
    check: (value) => void parse(value),
    matches: (value, pattern) => compare(parse(value), parse(textOf(pattern))),
  };
}

/** An ARN's pattern in its six parts; the sixth keeps its colons. */
function splitArn(pattern: Pattern): Pattern[] {
  const parts: Pattern[] = [];
  let rest = pattern;
  for (;;) {
    const colon = rest.findIndex(({ character }) => character === ":");
    if (colon < 0 || parts.length === 5) return [...parts, rest];
    parts.push(rest.slice(0, colon));
    rest = rest.slice(colon + 1);
  }
}

function numberOf(value: string): number {
  if (/^[+-]?\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new Error(`"${value}" is no number`);
}

/** Milliseconds, from W3C's ISO 8601 dates or from seconds since 1970. */
function instantOf(value: string): number {
  if (/^\d{1,12}$/.test(value) && value.length !== 4) return Number(value) * 1000;
  const instant = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(value)
    ? Date.parse(value)
    : NaN;
  if (Number.isNaN(instant)) throw new Error(`"${value}" is no ISO 8601 date and no seconds since 1970`);
  return instant;
}

function booleanOf(value: string): boolean {
  if (/^true$/i.test(value)) return true;
  if (/^false$/i.test(value)) return false;
  throw new Error(`"${value}" is neither true nor false`);
}

function rangeOf(value: string): BlockList {
  const [address = "", length, ...more] = value.split("/");
  const family = isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : undefined;
  const longest = family === "ipv4" ? 32 : 128;
  const bits = length === undefined ? longest : /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  if (!family || more.length > 0 || !(bits <= longest)) throw new Error(`"${value}" is no IP range`);
  const range = new BlockList();
  range.addSubnet(address, bits, family);
  return range;
}
