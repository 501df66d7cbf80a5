import assert from "node:assert/strict";
import { DeploymentError } from "../../../local/deployment-error.ts";
import { declaredApis } from "../../../local/api-gateway/declared-apis.ts";
import { TokenBucket } from "../../../local/api-gateway/token-bucket.ts";
import type { DeploymentDocument, PlannedResource } from "../../../plan/deployment.ts";
import { pipelinePlan } from "../pipeline-plan.ts";

describe("an API", () => {
  let text: string;
  before(async () => {
    text = JSON.stringify(await pipelinePlan({ httpIngest: true, httpCorsOrigins: ["*"] }));
  });
  const changed = (
    change: (find: (type: string, name?: string) => PlannedResource, plan: DeploymentDocument) => void,
  ) => {
    const plan = JSON.parse(text) as DeploymentDocument;
    const find = (type: string, name = "") => {
      const found = plan.deployment.resources.find(
        (resource) => resource.type.endsWith(`:${type}`) && resource.urn.endsWith(name),
      );
      assert.ok(found, `${type} ${name}`);
      return found;
    };
    change(find, plan);
    return plan;
  };
  const without = (wanted: (resource: PlannedResource) => boolean) =>
    changed((_find, { deployment }) => {
      deployment.resources = deployment.resources.filter((resource) => !wanted(resource));
    });

  it("that is declared as it should be is read whole", () => {
    const [api, ...others] = declaredApis(changed(() => {}));
    assert.equal(others.length, 0);
    assert.deepEqual(api?.methods.map(({ httpMethod, path }) => `${httpMethod} ${path}`).sort(), [
      "OPTIONS /events",
      "POST /events",
    ]);
    assert.deepEqual(api.rateLimit, { ratePerSecond: 100, burst: 200 });
    assert.equal(api.keys.length, 1);
  });

  const set = (type: string, name: string, inputs: object) =>
    changed((find) => {
      const resource = find(type, name);
      resource.inputs = { ...resource.inputs, ...inputs };
    });
  const post = "http-post";
  const refused: [string, () => DeploymentDocument, RegExp][] = [
    [
      "a model of a later draft",
      () => set("Model", "", { schema: '{"type":"object","const":1}' }),
      /#\/const is no keyword/,
    ],
    [
      "an empty list of required names",
      () => set("Model", "", { schema: '{"required":[]}' }),
      /#\/required must be a list/,
    ],
    [
      "a model that says it is of draft 7",
      () => set("Model", "", { schema: '{"$schema":"http://json-schema.org/draft-07/schema#"}' }),
      /must be http:\/\/json-schema.org\/draft-04/,
    ],
    ["a model that is no JSON", () => set("Model", "", { schema: "{" }), /JSON/],
    [
      "a model's name with a hyphen",
      () => set("Model", "", { name: "a-b" }),
      /Invalid model specified: clickstream/,
    ],
    [
      "a model that is not declared",
      () => set("Method", post, { requestModels: { "application/json": "no" } }),
      /Invalid model specified: no/,
    ],
    [
      "a validator that is not declared",
      () => set("Method", post, { requestValidatorId: "x" }),
      /Invalid Request Validator/,
    ],
    [
      "another authorization",
      () => set("Method", post, { authorization: "CUSTOM" }),
      /CUSTOM is not supported by the emulator/,
    ],
    [
      "no integration",
      () => without(({ type, urn }) => type.endsWith(":Integration") && urn.endsWith(post)),
      /No integration defined for method/,
    ],
    [
      "another kind of integration",
      () => set("Integration", post, { type: "HTTP" }),
      /type HTTP is not supported/,
    ],
    [
      "another service",
      () => set("Integration", post, { uri: "arn:aws:apigateway:r:sqs:path/x" }),
      /uri "arn:aws:apigateway:r:sqs:path\/x" is not/,
    ],
    ["no role", () => set("Integration", post, { credentials: undefined }), /need credentials/],
    [
      "another method of Kinesis",
      () => set("Integration", post, { integrationHttpMethod: "PUT" }),
      /must be POST/,
    ],
    [
      "no content type for Kinesis",
      () => set("Integration", post, { requestParameters: {} }),
      /Content-Type is not set/,
    ],
    [
      "a wrong template",
      () => set("Integration", post, { requestTemplates: { "application/json": "#foreach(" } }),
      /the template for application\/json: Parse error/,
    ],
    [
      "no answer for the rest",
      () => without(({ type, urn }) => type.endsWith(":IntegrationResponse") && urn.endsWith("post-200")),
      /no default output mapping configured/,
    ],
    [
      "an answer that the method does not have",
      () => without(({ type, urn }) => type.endsWith(":MethodResponse") && urn.endsWith("post-200")),
      /200 has no method response/,
    ],
    [
      "a header that the method does not send",
      () => set("MethodResponse", "post-200", { responseParameters: {} }),
      /Access-Control-Allow-Origin is not in the method response/,
    ],
    [
      "no deployment",
      () => without(({ type }) => type.endsWith(":Deployment")),
      /stage "v1" names no deployment of it/,
    ],
    ["no method", () => without(({ type }) => type.endsWith(":Method")), /doesn't contain any methods/],
    ["no API", () => without(({ type }) => type.endsWith(":RestApi")), /is no API that the plan declares/],
    [
      "no resource",
      () => without(({ type }) => type.endsWith("apigateway/resource:Resource")),
      /resourceId is no resource of its API/,
    ],
  ];
  for (const [what, plan, message] of refused) {
    it(`with ${what} is refused`, () => {
      assert.throws(
        () => declaredApis(plan()),
        (error: unknown) => {
          assert.ok(error instanceof DeploymentError, String(error));
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }
});

describe("a token bucket", () => {
  it("gives its burst at once, then its rate", () => {
    let now = 0;
    const bucket = new TokenBucket({ ratePerSecond: 2, burst: 3 }, () => now);
    const takeMany = (times: number) => Array.from({ length: times }, () => bucket.take());
    assert.deepEqual(takeMany(4), [true, true, true, false]);
    now = 1000;
    assert.deepEqual(takeMany(3), [true, true, false]);
    now = 100_000;
    assert.deepEqual(takeMany(4), [true, true, true, false]);
  });
});
