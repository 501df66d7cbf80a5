import * as pulumi from "@pulumi/pulumi";
import * as apigateway from "@pulumi/aws/apigateway/index.js";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import type { Dataset } from "../../schema/dataset.ts";
import { corsOf } from "../http/cors.ts";
import { encryptOnStream, putOnStream } from "../iam/http-ingest.ts";
import { policyDocument } from "../iam/policy-document.ts";
import { apiGatewayTrust } from "../iam/trust.ts";
import type { Settings } from "../settings.ts";
import { transformed, type Transform } from "../transform.ts";
import type { EventStream } from "./event-stream.ts";
import { HttpApiKey } from "./http-api-key.ts";
import { HttpEvents } from "./http-events.ts";
import type { PartArgs } from "./part.ts";

export interface HttpIngestArgs extends PartArgs {
  dataset: Dataset;
  keyArn: pulumi.Input<string>;
  stream: EventStream;
  settings: Pick<
    Settings,
    | "httpAuth"
    | "httpRecordPerEvent"
    | "httpPartitionKey"
    | "httpThrottleRatePerSecond"
    | "httpThrottleBurst"
    | "httpCorsOrigins"
    | "logRetentionDays"
  >;
  transform?:
    | {
        api?: Transform<apigateway.RestApiArgs> | undefined;
        stage?: Transform<apigateway.StageArgs> | undefined;
      }
    | undefined;
}

const stageName = "v1";

/** What the access log says of a request; never an event. */
const accessLogFormat = JSON.stringify({
  requestId: "$context.requestId",
  time: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  apiKeyId: "$context.identity.apiKeyId",
  method: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  error: "$context.error.responseType",
  responseBytes: "$context.responseLength",
  latencyMilliseconds: "$context.responseLatency",
});

/** Takes events over HTTP: API Gateway checks them by a model and puts them on the stream itself, without a function. */
export class HttpIngest extends pulumi.ComponentResource {
  readonly api: apigateway.RestApi;
  /** Where events are posted. */
  readonly endpoint: pulumi.Output<string>;
  /** The id of the key that posters need, by which its value is looked up; absent with IAM. */
  readonly apiKeyId: pulumi.Output<string> | undefined;

  /** @throws {Error} when `httpPartitionKey` is no required string column of the dataset. */
  constructor(name: string, args: HttpIngestArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:HttpIngest", name, {}, opts);
    const { httpAuth, httpCorsOrigins } = args.settings;
    const cors = corsOf({ httpAuth, httpCorsOrigins });
    const role = this.#createRole(name, args);
    const { api, apiPolicy } = this.#createApi(name, args);
    this.api = api;
    const events = new HttpEvents(name, { ...args, api, apiPolicy, cors, ...role }, { parent: this });
    const stage = this.#createStage(name, args, events.deployment);
    this.#throttle(name, args, stage);
    this.endpoint = pulumi.interpolate`${stage.invokeUrl}${events.path}`;
    this.apiKeyId =
      httpAuth === "API_KEY"
        ? new HttpApiKey(name, { ...args, api: this.api, stage }, { parent: this }).key.id
        : undefined;
    this.registerOutputs({ endpoint: this.endpoint });
  }

  #createRole(name: string, { names, keyArn, settings, tags }: HttpIngestArgs) {
    const role = new iam.Role(
      name,
      {
        name: names.httpRole.name,
        description: pulumi.interpolate`API Gateway puts events on the stream ${names.stream.name}`,
        assumeRolePolicy: policyDocument(apiGatewayTrust()),
        tags,
      },
      { parent: this },
    );
    const policy = (policyName: string, document: pulumi.Input<string>) =>
      new iam.RolePolicy(
        `${name}-${policyName}`,
        { name: policyName, role: role.name, policy: document },
        { parent: this },
      );
    const action = settings.httpRecordPerEvent ? "kinesis:PutRecords" : "kinesis:PutRecord";
    const rolePolicies = [
      policy(
        "put-on-stream",
        names.apply((n) => policyDocument(putOnStream(n, [action]))),
      ),
      // Apart, because the key's ARN is unknown in the first preview (docs/decisions/0004).
      policy(
        "encrypt-on-stream",
        pulumi.all([keyArn, names]).apply(([key, n]) => policyDocument(encryptOnStream(key, n))),
      ),
    ];
    return { role, rolePolicies };
  }

  #createApi(name: string, { names, dataset, tags, transform }: HttpIngestArgs) {
    const [apiArgs, opts] = transformed<apigateway.RestApiArgs>(
      transform?.api,
      {
        name: names.base,
        description: `Takes events: ${dataset.description}`,
        endpointConfiguration: { types: "REGIONAL" },
        tags,
      },
      { parent: this },
    );
    return { api: new apigateway.RestApi(name, apiArgs, opts), apiPolicy: apiArgs.policy };
  }

  #createStage(name: string, args: HttpIngestArgs, deployment: apigateway.Deployment): apigateway.Stage {
    const { names, tags, settings, keyArn } = args;
    const log = new cloudwatch.LogGroup(
      name,
      {
        name: names.httpLogGroup.name,
        retentionInDays: settings.logRetentionDays,
        kmsKeyId: keyArn,
        tags,
      },
      { parent: this },
    );
    return new apigateway.Stage(
      name,
      ...transformed<apigateway.StageArgs>(
        args.transform?.stage,
        {
          restApi: this.api.id,
          deployment: deployment.id,
          stageName,
          accessLogSettings: { destinationArn: names.httpLogGroup.arn, format: accessLogFormat },
          tags,
        },
        { parent: this, dependsOn: [log] },
      ),
    );
  }

  #throttle(name: string, { settings }: HttpIngestArgs, stage: apigateway.Stage): void {
    new apigateway.MethodSettings(
      name,
      {
        restApi: this.api.id,
        stageName: stage.stageName,
        methodPath: "*/*",
        settings: {
          throttlingRateLimit: settings.httpThrottleRatePerSecond,
          throttlingBurstLimit: settings.httpThrottleBurst,
          // Events don't belong into a log.
          dataTraceEnabled: false,
        },
      },
      { parent: this },
    );
  }
}
