import assert from "node:assert/strict";
import { readConfig, type StackConfig } from "../../infra/config.ts";
import { SettingsError } from "../../infra/settings.ts";
import { recordResources } from "../../plan/evaluate.ts";
import { program } from "./plan-pipeline.ts";

const valid = { datasets: '["access-log"]', owner: "data-platform", costCenter: "4711" };

/** What the program reads of a stack's configuration, which Pulumi hands over as text. */
async function read(values: Record<string, string>): Promise<StackConfig> {
  const config = Object.fromEntries(Object.entries(values).map(([key, value]) => [`shop:${key}`, value]));
  let found: StackConfig | undefined;
  await recordResources({ ...program, config: { ...config, "aws:region": "eu-central-1" } }, () => {
    found = readConfig(["access-log", "clickstream", "risk-event"]);
  });
  assert.ok(found);
  return found;
}

describe("a stack's configuration", () => {
  it("is read by type: text stays text, all else is JSON", async () => {
    const config = await read({
      ...valid,
      datasets: '["clickstream","access-log"]',
      accountId: "000000000000",
      owner: "true",
      environment: "2026",
      streamMode: "PROVISIONED",
      shardCount: "2",
      versioning: "false",
      tags: '{"team":"web"}',
      alarmEmail: "ops@example.com",
      analystPrincipalArns: '["arn:aws:iam::111122223333:root"]',
    });
    assert.deepEqual(config.datasets, ["clickstream", "access-log"]);
    assert.equal(config.accountId, "000000000000");
    for (const [key, value] of Object.entries({
      owner: "true",
      costCenter: "4711",
      environment: "2026",
      streamMode: "PROVISIONED",
      shardCount: 2,
      versioning: false,
      tags: { team: "web" },
      alarmEmail: "ops@example.com",
      analystPrincipalArns: ["arn:aws:iam::111122223333:root"],
    })) {
      assert.deepEqual(config.settings[key as keyof typeof config.settings], value, key);
    }
  });

  it("has every dataset of the program where it lists none", async () => {
    const { datasets: _datasets, ...rest } = valid;
    assert.deepEqual((await read(rest)).datasets, ["access-log", "clickstream", "risk-event"]);
  });

  it("leaves other projects' keys alone and the account to the provider", async () => {
    const { accountId } = await read(valid);
    assert.equal(accountId, undefined);
  });

  it("is refused with all its mistakes at once, by key, value and rule", async () => {
    const wrong = {
      datasets: '["access-log","clicks","access-log"]',
      costCenter: "4711",
      accountId: "4711",
      shardCount: "2",
      bufferingSizeMiB: "many",
      rawBackup: "yes",
      logGroup: "mine",
    };
    await assert.rejects(read(wrong), (error) => {
      assert.ok(error instanceof SettingsError, String(error));
      assert.equal(error.exitCode, 2);
      assert.deepEqual(error.message.split("\n").sort(), [
        ...[
          '  shop:accountId: "4711" - 12 digits',
          '  shop:bufferingSizeMiB: "many" - a whole number of MiB, 64-128',
          '  shop:datasets.1: "clicks" - one of access-log, clickstream, risk-event',
          '  shop:logGroup: "mine" - no such setting: check its spelling',
          "  shop:owner: not set - required",
          '  shop:rawBackup: "yes" - true or false',
          "  shop:shardCount: 2 - an ON_DEMAND stream has none: drop it, or set PROVISIONED",
        ],
        "Pulumi.dev.yaml has 7 mistakes:",
      ]);
      return true;
    });
  });

  for (const [datasets, mistake] of [
    ["access-log", 'shop:datasets: "access-log" - a list of names'],
    ["[]", "shop:datasets: [] - one dataset or more"],
    ['["access-log","access-log"]', 'shop:datasets: ["access-log","access-log"] - each dataset once'],
    ['["clicks"]', 'shop:datasets.0: "clicks" - one of access-log, clickstream, risk-event'],
  ] as const) {
    it(`is refused with the datasets ${datasets}`, async () => {
      await assert.rejects(read({ ...valid, datasets }), {
        message: `Pulumi.dev.yaml has a mistake:\n  ${mistake}`,
      });
    });
  }
});
