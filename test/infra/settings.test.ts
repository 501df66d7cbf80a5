import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi/errors.js";
import { parseSettings, SettingsError, type SettingsArgs } from "../../infra/settings.ts";
import { planPipeline } from "./plan-pipeline.ts";

const valid = { owner: "web-team", costCenter: "4711" };

/** The mistakes in the valid settings after a change, one line each. */
function mistakes(change: Record<string, unknown>): string[] {
  try {
    parseSettings("here", { ...valid, ...change });
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error));
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

const tagRule = "1-256 letters, digits, spaces or _ . : / = + - @ (AWS tags)";
const keyRule = "1-128 characters, and not aws: (AWS tags)";
const logDays =
  "one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
const flags = ["rawBackup", "versioning", "accessLogging", "alarms", "protect", "forceDestroy"];

/** A setting, a value that is refused, and the rule that is told. */
const refused: [string, unknown, string][] = [
  ["owner", undefined, "required"],
  ["owner", "", tagRule],
  ["owner", "a&b", tagRule],
  ["owner", "x".repeat(257), tagRule],
  ["costCenter", undefined, "required"],
  ["costCenter", "<4711>", tagRule],
  ["environment", "", tagRule],
  ["dataClassification", "", tagRule],
  ["dataClassification", 4711, tagRule],
  ["tags", "team", "tags by their keys"],
  ["streamMode", "on_demand", "ON_DEMAND or PROVISIONED"],
  ["retentionHours", 23, "24 or more"],
  ["retentionHours", 8761, "8760 or less"],
  ["retentionHours", 24.5, "a whole number of hours, 24-8760"],
  ["retentionHours", "a day", "a whole number of hours, 24-8760"],
  ["bufferingSizeMiB", 63, "64 or more: Firehose refuses less with format conversion"],
  ["bufferingSizeMiB", 129, "128 or less"],
  ["bufferingSizeMiB", "128", "a whole number of MiB, 64-128"],
  ["bufferingIntervalSeconds", -1, "0 or more"],
  ["bufferingIntervalSeconds", 901, "900 or less"],
  ["bufferingIntervalSeconds", true, "a whole number of seconds, 0-900"],
  ["parquetCompression", "ZSTD", "SNAPPY or GZIP: Firehose writes no other codec that compresses"],
  ["dataExpiryDays", 0, "1 or more"],
  ["dataExpiryDays", 36_501, "36500 or less"],
  ["dataExpiryDays", "never", "a whole number of days, 1-36500"],
  ["infrequentAccessAfterDays", 29, "30 or more"],
  ["infrequentAccessAfterDays", 36_501, "36500 or less"],
  ["infrequentAccessAfterDays", "later", "a whole number of days, 30-36500"],
  ["resultExpiryDays", 0, "1 or more"],
  ["resultExpiryDays", 3651, "3650 or less"],
  ["resultExpiryDays", null, "a whole number of days, 1-3650"],
  ["bytesScannedCutoffPerQuery", 10_485_759, "10485760 or more: the AWS provider refuses less"],
  ["bytesScannedCutoffPerQuery", "10 GiB", "a whole number of bytes, 10485760 or more"],
  ["logRetentionDays", 2, logDays],
  ["logRetentionDays", "90", logDays],
  ["alarmEmail", "ops", "an e-mail address"],
  ["analystPrincipalArns", [], "one ARN or more"],
  ["analystPrincipalArns", "ada", "a list of ARNs"],
  ...flags.map((flag): [string, unknown, string] => [flag, "yes", "true or false"]),
];

describe("a setting is refused with its value and its rule", () => {
  for (const [key, value, rule] of refused) {
    const shown = value === undefined ? "not set" : JSON.stringify(value);
    it(`${key}: ${shown.slice(0, 20)} - ${rule.slice(0, 40)}`, () => {
      assert.deepEqual(mistakes({ [key]: value }), [`${key}: ${shown} - ${rule}`]);
    });
  }

  for (const [shards, rule] of [
    [0, "1 or more"],
    [10_001, "10000 or less"],
    [1.5, "a whole number"],
  ] as const) {
    it(`shardCount: ${shards} - ${rule}`, () => {
      assert.deepEqual(mistakes({ streamMode: "PROVISIONED", shardCount: shards }), [
        `shardCount: ${shards} - ${rule}`,
      ]);
    });
  }

  it("in a list or a mapping, with its place there", () => {
    assert.deepEqual(mistakes({ analystPrincipalArns: ["arn:aws:iam::111122223333:root", "ada"] }), [
      'analystPrincipalArns.1: "ada" - ARNs of IAM principals',
    ]);
    assert.deepEqual(mistakes({ tags: { team: "a&b" } }), [`tags.team: "a&b" - ${tagRule}`]);
  });

  for (const key of ["aws:team", "", "a&b"]) {
    it(`a tag's key "${key}"`, () => {
      assert.deepEqual(mistakes({ tags: { [key]: "web" } }), [`tags.${key}: "web" - ${keyRule}`]);
    });
  }

  it("when there is no such setting", () => {
    assert.deepEqual(mistakes({ retentionhours: 48 }), [
      "retentionhours: 48 - no such setting: check its spelling",
    ]);
  });
});

describe("settings are refused that do not go together", () => {
  const cases: [string, Record<string, unknown>, string][] = [
    [
      "a provisioned stream without shards",
      { streamMode: "PROVISIONED" },
      "shardCount: not set - a PROVISIONED stream needs a number of shards",
    ],
    [
      "shards on demand",
      { streamMode: "ON_DEMAND", shardCount: 2 },
      "shardCount: 2 - an ON_DEMAND stream has none: drop it, or set PROVISIONED",
    ],
    [
      "shards on demand by default",
      { shardCount: 2 },
      "shardCount: 2 - an ON_DEMAND stream has none: drop it, or set PROVISIONED",
    ],
    [
      "data that would move on the day it expires",
      { dataExpiryDays: 60, infrequentAccessAfterDays: 60 },
      "infrequentAccessAfterDays: 60 - less than dataExpiryDays (60)",
    ],
    [
      "protected data that destroying deletes",
      { protect: true, forceDestroy: true },
      "forceDestroy: true - false where protect is true",
    ],
    [
      "a mail address without alarms",
      { alarms: false, alarmEmail: "ops@example.com" },
      'alarmEmail: "ops@example.com" - set only where alarms is true',
    ],
    [
      "tags that sluice sets itself",
      { tags: { Owner: "me", team: "web", pipeline: "x" } },
      'tags: {"Owner":"me","team":"web","pipeline":"x"} - Owner, pipeline: set by sluice from the other settings',
    ],
  ];
  for (const [what, change, mistake] of cases) {
    it(what, () => assert.deepEqual(mistakes(change), [mistake]));
  }

  it("but the default of moving gives way to an earlier expiry", () => {
    assert.deepEqual(mistakes({ dataExpiryDays: 30 }), []);
    assert.deepEqual(mistakes({ dataExpiryDays: 61, infrequentAccessAfterDays: 60 }), []);
  });
});

describe("settings with several mistakes", () => {
  it("are refused once, with all of them, those between settings too", async () => {
    const wrong = {
      owner: "a&b",
      shardCount: 2,
      retention: 24,
      bufferingSizeMiB: 5,
    } as unknown as SettingsArgs;
    await assert.rejects(planPipeline(wrong), (error) => {
      assert.ok(error instanceof SettingsError);
      assert.ok(RunError.isInstance(error), "the engine shows it without a stack trace");
      assert.equal(error.exitCode, 2);
      assert.equal(
        error.message,
        `EventPipeline "web" has 4 mistakes:
  owner: "a&b" - ${tagRule}
  bufferingSizeMiB: 5 - 64 or more: Firehose refuses less with format conversion
  retention: 24 - no such setting: check its spelling
  shardCount: 2 - an ON_DEMAND stream has none: drop it, or set PROVISIONED`,
      );
      assert.deepEqual(
        error.problems.map(({ key, value }) => [key, value]),
        [
          ["owner", "a&b"],
          ["bufferingSizeMiB", 5],
          ["retention", 24],
          ["shardCount", 2],
        ],
      );
      return true;
    });
  });

  it("are refused as one mistake when it is one", () => {
    assert.throws(() => parseSettings("here", { owner: "web" } as SettingsArgs), {
      message: "here has a mistake:\n  costCenter: not set - required",
    });
  });
});
