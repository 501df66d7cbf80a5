import assert from "node:assert/strict";
import { settingProblems, statementsOf } from "./setting-problems.ts";
import { nameOf } from "../../plan/deployment.ts";
import { account, orders, planPipeline, program, region, type PipelinePlan } from "./plan-pipeline.ts";
import { EventPipeline } from "../../infra/event-pipeline.ts";
import { recordResources } from "../../plan/evaluate.ts";

const ofHttp = (plan: PipelinePlan) =>
  plan.children
    .filter(({ urn, type }) => nameOf(urn).startsWith("web-http") || type.startsWith("aws:apigateway/"))
    .map(({ type, urn }) => `${type} ${nameOf(urn)}`)
    .sort();

const children = [
  "aws:apigateway/apiKey:ApiKey web-http",
  "aws:apigateway/deployment:Deployment web-http",
  "aws:apigateway/integration:Integration web-http-post",
  "aws:apigateway/integrationResponse:IntegrationResponse web-http-post-200",
  "aws:apigateway/integrationResponse:IntegrationResponse web-http-post-500",
  "aws:apigateway/integrationResponse:IntegrationResponse web-http-post-503",
  "aws:apigateway/method:Method web-http-post",
  "aws:apigateway/methodResponse:MethodResponse web-http-post-200",
  "aws:apigateway/methodResponse:MethodResponse web-http-post-500",
  "aws:apigateway/methodResponse:MethodResponse web-http-post-503",
  "aws:apigateway/methodSettings:MethodSettings web-http",
  "aws:apigateway/model:Model web-http-post",
  "aws:apigateway/requestValidator:RequestValidator web-http-post",
  "aws:apigateway/resource:Resource web-http",
  "aws:apigateway/restApi:RestApi web-http",
  "aws:apigateway/stage:Stage web-http",
  "aws:apigateway/usagePlan:UsagePlan web-http",
  "aws:apigateway/usagePlanKey:UsagePlanKey web-http",
  "aws:cloudwatch/logGroup:LogGroup web-http",
  "aws:iam/role:Role web-http",
  "aws:iam/rolePolicy:RolePolicy web-http-encrypt-on-stream",
  "aws:iam/rolePolicy:RolePolicy web-http-put-on-stream",
  "sluice:pipeline:HttpApiKey web-http",
  "sluice:pipeline:HttpEvents web-http",
  "sluice:pipeline:HttpIngest web-http",
];

const streamArn = `arn:aws:kinesis:${region}:${account}:stream/shop-dev-web`;

describe("HTTP ingest", () => {
  let plan: PipelinePlan;
  const input = (type: string, name: string | undefined, key: string) =>
    plan.find(`aws:apigateway/${type}`, name).inputs[key];

  before(async () => {
    plan = await planPipeline({ httpIngest: true });
  });

  it("is absent by default", async () => {
    assert.deepEqual(ofHttp(await planPipeline()), []);
  });

  it("has these children, and no others", () => {
    assert.deepEqual(ofHttp(plan), children);
  });

  it("with IAM has no key and no usage plan", async () => {
    const withIam = await planPipeline({ httpIngest: true, httpAuth: "IAM" });
    const keys = /ApiKey|UsagePlan/;
    assert.deepEqual(
      ofHttp(withIam),
      children.filter((child) => !keys.test(child)),
    );
    const { inputs } = withIam.find("aws:apigateway/method:Method");
    assert.deepEqual([inputs["authorization"], inputs["apiKeyRequired"]], ["AWS_IAM", false]);
  });

  it("may put one record on this stream and nothing else", () => {
    assert.deepEqual(statementsOf(plan, "web-http-put-on-stream"), [
      { Sid: "PutOnStream", Effect: "Allow", Action: ["kinesis:PutRecord"], Resource: streamArn },
    ]);
    assert.deepEqual(statementsOf(plan, "web-http-encrypt-on-stream"), [
      {
        Sid: "EncryptOnStream",
        Effect: "Allow",
        Action: ["kms:GenerateDataKey"],
        Resource: plan.find("aws:kms/key:Key").outputs["arn"],
        Condition: {
          StringEquals: {
            "kms:ViaService": `kinesis.${region}.amazonaws.com`,
            "kms:EncryptionContext:aws:kinesis:arn": streamArn,
          },
        },
      },
    ]);
    assert.deepEqual(
      JSON.parse(String(plan.find("aws:iam/role:Role", "web-http").inputs["assumeRolePolicy"])),
      {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ApiGateway",
            Effect: "Allow",
            Principal: { Service: "apigateway.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      },
    );
  });

  it("puts many records where each event becomes one", async () => {
    const perEvent = await planPipeline({ httpIngest: true, httpRecordPerEvent: true });
    const [statement] = statementsOf(perEvent, "web-http-put-on-stream");
    assert.deepEqual(statement?.Action, ["kinesis:PutRecords"]);
    const { uri } = perEvent.find("aws:apigateway/integration:Integration").inputs;
    assert.equal(uri, `arn:aws:apigateway:${region}:kinesis:action/PutRecords`);
  });

  it("asks for a key, checks the body by the model and takes nothing but JSON", () => {
    const post = "web-http-post";
    assert.equal(input("method:Method", post, "apiKeyRequired"), true);
    assert.deepEqual(input("method:Method", post, "requestModels"), { "application/json": "orders" });
    assert.equal(input("requestValidator:RequestValidator", post, "validateRequestBody"), true);
    assert.equal(input("integration:Integration", post, "passthroughBehavior"), "NEVER");
    assert.equal(
      input("integration:Integration", post, "credentials"),
      `arn:aws:iam::${account}:role/shop-dev-web-http-ingest`,
    );
  });

  it("has a model of JSON Schema draft 4: one event, or 1 to 500", () => {
    const schema = JSON.parse(String(input("model:Model", undefined, "schema"))) as Record<string, unknown>;
    assert.equal(schema["$schema"], "http://json-schema.org/draft-04/schema#");
    const $ref = "#/definitions/event";
    assert.deepEqual(schema["oneOf"], [
      { $ref },
      { type: "array", items: { $ref }, minItems: 1, maxItems: 500 },
    ]);
    const { event } = schema["definitions"] as { event: Record<string, unknown> };
    assert.deepEqual(event["required"], ["OrderId"]);
  });

  it("has no empty list of required columns in its model, which draft 4 forbids", async () => {
    const columns = orders.columns.map((column) => ({ ...column, required: false }));
    const optional = await planPipeline({ httpIngest: true, dataset: { ...orders, columns } });
    const schema = String(optional.find("aws:apigateway/model:Model").inputs["schema"]);
    assert.ok(!schema.includes('"required"'));
  });

  it("takes its partition key from a required text column of 1-256 characters", async () => {
    const args = { httpIngest: true, httpRecordPerEvent: true, httpPartitionKey: "OrderId" };
    const keyed = await planPipeline(args);
    const schema = JSON.parse(String(keyed.find("aws:apigateway/model:Model").inputs["schema"])) as {
      definitions: { event: { properties: Record<string, object> } };
    };
    const { description: _text, ...column } = schema.definitions.event.properties["OrderId"] as {
      description: string;
    };
    assert.deepEqual(column, { type: "string", minLength: 1, maxLength: 256 });
    const message =
      'httpPartitionKey "total" is no required string column of the dataset "orders". Use one of OrderId.';
    await assert.rejects(planPipeline({ ...args, httpPartitionKey: "total" }), { message });
  });

  it("logs each request, without its events, into an encrypted log that expires", () => {
    const settings = input("stage:Stage", undefined, "accessLogSettings") as Record<string, string>;
    const name = "/aws/apigateway/shop-dev-web";
    assert.equal(settings["destinationArn"], `arn:aws:logs:${region}:${account}:log-group:${name}`);
    assert.ok(!settings["format"]?.includes("$input"));
    const log = plan.find("aws:cloudwatch/logGroup:LogGroup", "web-http").inputs;
    assert.deepEqual([log["name"], log["retentionInDays"]], [name, 90]);
    const keyArn = plan.find("aws:kms/key:Key").outputs["arn"];
    assert.equal(log["kmsKeyId"], keyArn);
    const keyPolicy = String(plan.find("aws:kms/key:Key").inputs["policy"]);
    assert.ok(keyPolicy.includes(`log-group:${name}"`));
  });

  it("limits the rate of all requests, and of each key", () => {
    assert.deepEqual(input("methodSettings:MethodSettings", undefined, "methodPath"), "*/*");
    assert.deepEqual(input("methodSettings:MethodSettings", undefined, "settings"), {
      throttlingRateLimit: 100,
      throttlingBurstLimit: 200,
      dataTraceEnabled: false,
    });
    assert.deepEqual(input("usagePlan:UsagePlan", undefined, "throttleSettings"), {
      rateLimit: 100,
      burstLimit: 200,
    });
  });

  it("is deployed anew when a template changes, and only then", async () => {
    const trigger = (of: PipelinePlan) =>
      of.find("aws:apigateway/deployment:Deployment").inputs["triggers"] as object;
    assert.deepEqual(trigger(await planPipeline({ httpIngest: true, httpThrottleBurst: 5 })), trigger(plan));
    const changed = trigger(await planPipeline({ httpIngest: true, httpCorsOrigins: ["*"] }));
    assert.notDeepEqual(changed, trigger(plan));
  });

  it("is deployed after all that it is made of", () => {
    const deployment = plan.find("aws:apigateway/deployment:Deployment");
    const waitsFor = new Set(deployment.dependencies);
    const parts = plan.children.filter(({ type }) =>
      /(model|method|integration|(method|integration)Response|requestValidator):/.test(type),
    );
    assert.deepEqual(
      parts.filter(({ urn }) => !waitsFor.has(urn)).map(({ urn }) => nameOf(urn)),
      [],
    );
  });

  it("tells where events are posted and which key they need, never its value", async () => {
    const outputs = plan.find("sluice:pipeline:EventPipeline").outputs;
    const { id } = plan.find("aws:apigateway/restApi:RestApi");
    assert.equal(outputs["httpEndpoint"], `https://${id}.execute-api.${region}.amazonaws.com/v1/events`);
    assert.equal(outputs["httpApiKeyId"], plan.find("aws:apigateway/apiKey:ApiKey").id);
    const without = (await planPipeline()).find("sluice:pipeline:EventPipeline").outputs;
    assert.ok(!("httpEndpoint" in without) && !("httpApiKeyId" in without));
  });

  it("has its tags on all that takes them", () => {
    for (const type of ["RestApi", "Stage", "UsagePlan", "ApiKey"]) {
      const resource = plan.children.find((child) => child.type.endsWith(`:${type}`));
      assert.equal((resource?.inputs["tags"] as Record<string, string>)["pipeline"], "web", type);
    }
  });

  it("can be declared in a preview, where AWS's ids are unknown", async () => {
    const declare = () =>
      void new EventPipeline("web", {
        dataset: orders,
        owner: "web-team",
        costCenter: "4711",
        httpIngest: true,
        httpCorsOrigins: ["*"],
      });
    const { deployment } = await recordResources(program, declare, { unknowns: true });
    assert.ok(deployment.resources.some(({ type }) => type === "aws:apigateway/stage:Stage"));
  });
});

describe("browsers", () => {
  const inputsOf = async (httpCorsOrigins: string[], type: string, name: string) =>
    (await planPipeline({ httpIngest: true, httpCorsOrigins })).find(`aws:apigateway/${type}`, name).inputs;
  const allowed = "method.response.header.Access-Control-Allow-Origin";
  const answer = "integrationResponse:IntegrationResponse";

  it("are let in by a preflight without a key", async () => {
    const { apiKeyRequired, authorization } = await inputsOf(["*"], "method:Method", "web-http-options");
    assert.deepEqual([apiKeyRequired, authorization], [undefined, "NONE"]);
    const { responseParameters } = await inputsOf(["*"], answer, "web-http-options-204");
    assert.deepEqual(responseParameters, {
      [allowed]: "'*'",
      "method.response.header.Access-Control-Allow-Headers": "'content-type,x-api-key'",
      "method.response.header.Access-Control-Allow-Methods": "'OPTIONS,POST'",
      "method.response.header.Access-Control-Max-Age": "'600'",
    });
  });

  it("of one origin get it in every answer, API Gateway's own included", async () => {
    const one = ["https://shop.example"];
    const { responseParameters } = await inputsOf(one, answer, "web-http-post-200");
    assert.deepEqual(responseParameters, { [allowed]: "'https://shop.example'" });
    const gateway = await inputsOf(one, "response:Response", "web-http-DEFAULT_4XX");
    assert.deepEqual(gateway["responseParameters"], {
      "gatewayresponse.header.Access-Control-Allow-Origin": "'https://shop.example'",
    });
  });

  it("of several origins get their own by the template", async () => {
    const two = ["https://shop.example", "https://blog.example"];
    const inputs = await inputsOf(two, answer, "web-http-post-200");
    assert.deepEqual(inputs["responseParameters"], { "method.response.header.Vary": "'Origin'" });
    const template = (inputs["responseTemplates"] as Record<string, string>)["application/json"];
    assert.ok(template?.includes('#set($allowed = ["https://shop.example","https://blog.example"])'));
  });

  it("sign their requests with IAM by other headers", async () => {
    const plan = await planPipeline({ httpIngest: true, httpAuth: "IAM", httpCorsOrigins: ["*"] });
    const { responseParameters } = plan.find(`aws:apigateway/${answer}`, "web-http-options-204").inputs;
    assert.equal(
      (responseParameters as Record<string, string>)["method.response.header.Access-Control-Allow-Headers"],
      "'content-type,authorization,x-amz-date,x-amz-security-token'",
    );
  });
});

describe("settings of HTTP ingest are refused", () => {
  const refused: [string, object, string][] = [
    ["with another source", { httpIngest: true, source: "DIRECT_PUT" }, "httpIngest: true - true only where"],
    ["without HTTP ingest", { httpAuth: "IAM" }, 'httpAuth: "IAM" - set only where httpIngest is true'],
    ["of another kind", { httpIngest: true, httpAuth: "NONE" }, 'httpAuth: "NONE" - API_KEY or IAM'],
    [
      "for a key of a packed record",
      { httpIngest: true, httpPartitionKey: "OrderId" },
      'httpPartitionKey: "OrderId" - set only where httpRecordPerEvent is true',
    ],
    [
      "below the rate",
      { httpIngest: true, httpThrottleRatePerSecond: 0 },
      "httpThrottleRatePerSecond: 0 - 1",
    ],
    ["above the burst", { httpIngest: true, httpThrottleBurst: 5001 }, "httpThrottleBurst: 5001 - 5000 or"],
    ["for no origin", { httpIngest: true, httpCorsOrigins: [] }, "httpCorsOrigins: [] - one origin or more"],
    [
      "for an origin with a path",
      { httpIngest: true, httpCorsOrigins: ["https://shop.example/"] },
      'httpCorsOrigins.0: "https://shop.example/" - origins such as',
    ],
    [
      "for all origins and one",
      { httpIngest: true, httpCorsOrigins: ["*", "https://a.example"] },
      "* alone, or origins by name",
    ],
    ["that are no flag", { httpIngest: "yes" }, 'httpIngest: "yes" - true or false'],
    [
      "that are no flag for records",
      { httpIngest: true, httpRecordPerEvent: 1 },
      "httpRecordPerEvent: 1 - true or false",
    ],
  ];
  for (const [which, given, expected] of refused) {
    it(which, () => {
      const problems = settingProblems(given);
      assert.ok(problems.includes(expected), problems);
    });
  }
});
