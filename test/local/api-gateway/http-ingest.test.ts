import assert from "node:assert/strict";
import { join } from "node:path";
import type { EventPipelineArgs } from "../../../infra/event-pipeline.ts";
import { startEmulator, type Emulator } from "../../../local/emulator.ts";
import type { DeploymentDocument } from "../../../plan/deployment.ts";
import { click, pipelinePlan } from "../pipeline-plan.ts";
import { rowsOf } from "../read-lake.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const delivery = "sluice-local-clickstream";
const lake = "sluice-local-clickstream-lake-000000000000";

describe("HTTP ingest in the emulator", () => {
  const open: Emulator[] = [];
  const said: string[] = [];
  // Before the folder that they write into is removed.
  afterEach(async () => {
    said.length = 0;
    for (const emulator of open.splice(0)) await emulator.close();
  });
  const folder = temporaryFolder();

  const startPlan = async (plan: DeploymentDocument) => {
    const emulator = await startEmulator(plan, {
      stateFolder: join(folder(), "state"),
      onProgress: (line) => said.push(line),
    });
    open.push(emulator);
    const [api] = emulator.apis;
    assert.ok(api);
    const post = (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${api.invokeUrl}/events`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": api.apiKey ?? "", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
    return { emulator, api, url: `${api.invokeUrl}/events`, post };
  };
  const start = async (args: Partial<EventPipelineArgs> = {}) =>
    startPlan(await pipelinePlan({ httpIngest: true, ...args }));
  const idsOf = async (emulator: Emulator) =>
    (await rowsOf(emulator.objects, lake)).map((row) => row["event_id"]).sort();
  const answerOf = async (response: Response) => [response.status, await response.json()];

  it("makes rows of one event and of many, and one record of each post", async () => {
    const { emulator, post } = await start();
    assert.deepEqual(await answerOf(await post(click("a"))), [200, { failed: [] }]);
    const many = Array.from({ length: 500 }, (_, index) => click(`b${index}`, { page: "/\n€\"'$x #end" }));
    assert.deepEqual(await answerOf(await post(many)), [200, { failed: [] }]);
    await emulator.waitUntilDelivered(delivery, { records: 2 });
    assert.equal(emulator.counts(delivery).rows, 501);
    const rows = await rowsOf(emulator.objects, lake);
    assert.equal(rows.find((row) => row["event_id"] === "b499")?.["page"], "/\n€\"'$x #end");
  });

  it("keeps every digit of a number", async () => {
    const { emulator, post } = await start();
    const event = JSON.stringify(click("a")).replace("}", ',"revenue":12345678.90}');
    assert.equal((await post(event)).status, 200);
    await emulator.waitUntilDelivered(delivery, { records: 1 });
    assert.deepEqual(
      (await rowsOf(emulator.objects, lake)).map(({ revenue }) => revenue),
      [12345678.9],
    );
  });

  it("refuses what the model refuses, and says why to the emulator's user", async () => {
    const { post } = await start();
    const refused = [400, { message: "Invalid request body" }];
    const { visitor_id: _left, ...incomplete } = click("a");
    for (const body of [
      incomplete,
      [click("a"), incomplete],
      click("a", { quantity: "2" }),
      [],
      "{",
      "",
      7,
    ]) {
      assert.deepEqual(await answerOf(await post(body)), refused, JSON.stringify(body));
    }
    const tooMany = Array.from({ length: 501 }, (_, index) => click(`e${index}`));
    assert.deepEqual(await answerOf(await post(tooMany)), refused);
    assert.ok(said.some((line) => line.includes("must have required property 'visitor_id'")));
  });

  it("refuses a post that is larger than a record", async () => {
    const { post } = await start();
    const events = Array.from({ length: 11 }, (_, index) =>
      click(`e${index}`, { page: "x".repeat(100_000) }),
    );
    const [status, body] = (await answerOf(await post(events))) as [number, { message: string }];
    assert.equal(status, 413);
    assert.match(body.message, /^The post is too large: a record holds 1,023,999 bytes at most/);
    assert.equal((await post(events.slice(1))).status, 200);
    assert.deepEqual(await answerOf(await post(`"${"x".repeat(10 * 1024 * 1024)}"`)), [
      413,
      { message: "Request Too Long" },
    ]);
  });

  it("wants a key, JSON and a path that there is", async () => {
    const { api, post } = await start();
    const forbidden = [403, { message: "Forbidden" }];
    assert.deepEqual(await answerOf(await post(click("a"), { "x-api-key": "other" })), forbidden);
    assert.deepEqual(await answerOf(await fetch(`${api.invokeUrl}/events`, { method: "POST" })), forbidden);
    assert.deepEqual(await answerOf(await post(click("a"), { "content-type": "text/plain" })), [
      415,
      { message: "Unsupported Media Type" },
    ]);
    const missing = [403, { message: "Missing Authentication Token" }];
    assert.deepEqual(await answerOf(await fetch(`${api.invokeUrl}/other`)), missing);
    assert.deepEqual(await answerOf(await fetch(`${api.invokeUrl.replace(/v1$/, "v2")}/events`)), missing);
  });

  it("wants a signature where IAM decides", async () => {
    const { post, api } = await start({ httpAuth: "IAM" });
    assert.equal(api.apiKey, undefined);
    assert.equal((await post(click("a"))).status, 403);
    const authorization =
      "AWS4-HMAC-SHA256 Credential=AKIA/20261120/eu-central-1/execute-api/aws4_request, SignedHeaders=host, Signature=0";
    assert.equal((await post(click("a"), { authorization })).status, 200);
  });

  it("takes no more than the declared rate", async () => {
    const { post } = await start({ httpThrottleRatePerSecond: 1, httpThrottleBurst: 2 });
    const statuses = await Promise.all(
      ["a", "b", "c", "d"].map(async (id) => (await post(click(id))).status),
    );
    assert.deepEqual(statuses.sort(), [200, 200, 429, 429]);
  });

  it("makes a record of each event where that is declared, and says which failed", async () => {
    const { emulator, post } = await start({ httpRecordPerEvent: true, httpPartitionKey: "visitor_id" });
    assert.deepEqual(await answerOf(await post([click("a"), click("b")])), [200, { failed: [] }]);
    assert.equal((await post(click("c"))).status, 200);
    await emulator.waitUntilDelivered(delivery, { records: 3 });
    assert.deepEqual(await idsOf(emulator), ["a", "b", "c"]);
    assert.equal((await post(click("d", { visitor_id: "" }))).status, 400);
  });

  it("spreads the events over the shards without a key", async () => {
    const { emulator, post } = await start({ httpRecordPerEvent: true });
    const events = Array.from({ length: 20 }, (_, index) => click(`e${index}`));
    assert.deepEqual(await answerOf(await post(events)), [200, { failed: [] }]);
    await emulator.waitUntilDelivered(delivery, { records: 20 });
    assert.equal((await idsOf(emulator)).length, 20);
  });

  it("fails when the role may not put records, without telling strangers why", async () => {
    const plan = await pipelinePlan({ httpIngest: true });
    const policy = plan.deployment.resources.find(({ urn }) => urn.endsWith("http-put-on-stream"));
    assert.ok(policy);
    policy.inputs["policy"] = String(policy.inputs["policy"]).replace(
      "kinesis:PutRecord",
      "kinesis:GetRecords",
    );
    const { post } = await startPlan(plan);
    assert.deepEqual(await answerOf(await post(click("a"))), [
      500,
      { message: "The stream refused the events." },
    ]);
    assert.ok(
      said.some((line) => line.includes("is not authorized to perform: kinesis:PutRecord on resource")),
    );
  });

  it("is not served when it is not declared", async () => {
    const emulator = await startEmulator(await pipelinePlan(), { stateFolder: join(folder(), "state") });
    open.push(emulator);
    assert.deepEqual(emulator.apis, []);
  });

  describe("for browsers", () => {
    const preflight = (url: string, origin: string) =>
      fetch(url, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type,x-api-key",
        },
      });
    const allowed = (response: Response) => response.headers.get("access-control-allow-origin");
    const origins = ["https://shop.example", "https://blog.example"];

    it("lets pages of one origin in, and has them read refusals", async () => {
      const { url, post } = await start({ httpCorsOrigins: ["https://shop.example"] });
      const asked = await preflight(url, "https://shop.example");
      assert.equal(asked.status, 204);
      assert.equal(allowed(asked), "https://shop.example");
      assert.equal(asked.headers.get("access-control-allow-headers"), "content-type,x-api-key");
      assert.equal(asked.headers.get("access-control-allow-methods"), "OPTIONS,POST");
      assert.equal(allowed(await post(click("a"))), "https://shop.example");
      assert.equal(allowed(await post({})), "https://shop.example");
    });

    it("lets pages of several origins in, and no others", async () => {
      const { url, post } = await start({ httpCorsOrigins: origins });
      for (const origin of origins) {
        assert.equal(allowed(await preflight(url, origin)), origin);
        assert.equal(allowed(await post(click("a"), { origin })), origin);
        assert.equal(allowed(await post({}, { origin })), origin);
      }
      assert.equal(allowed(await preflight(url, "https://evil.example")), null);
      assert.equal(allowed(await post(click("b"), { origin: "https://evil.example" })), null);
    });

    it("knows no preflight where no origin is declared", async () => {
      const { url } = await start();
      assert.equal((await preflight(url, "https://shop.example")).status, 403);
    });
  });
});
