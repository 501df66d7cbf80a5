import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as apigateway from "@pulumi/aws/apigateway/index.js";
import type * as iam from "@pulumi/aws/iam/index.js";
import type { Dataset } from "../../schema/dataset.ts";
import { withPrefix, type Cors } from "../http/cors.ts";
import { eventModel } from "../http/event-model.ts";
import {
  allArrived,
  failedEvents,
  packedRecord,
  recordPerEvent,
  refusedCall,
  unavailable,
} from "../http/mapping-templates.ts";
import { requireKeyColumn } from "../http/partition-key.ts";
import type { Settings } from "../settings.ts";
import type { EventStream } from "./event-stream.ts";
import type { PartArgs } from "./part.ts";

export interface HttpEventsArgs extends PartArgs {
  api: apigateway.RestApi;
  /** The API's resource policy, if a transform set one: a change takes effect with a deployment only. */
  apiPolicy: pulumi.Input<string | undefined> | undefined;
  dataset: Dataset;
  stream: EventStream;
  role: iam.Role;
  rolePolicies: iam.RolePolicy[];
  cors: Cors | undefined;
  settings: Pick<Settings, "httpAuth" | "httpRecordPerEvent" | "httpPartitionKey">;
}

interface Answer {
  statusCode: string;
  /** Kinesis's HTTP status, as a regular expression; the answer without one is for all others. */
  selectionPattern?: string;
  template: string;
}

/** `POST /events`, and `OPTIONS /events` for browsers: the whole API, and the deployment that makes it live. */
export class HttpEvents extends pulumi.ComponentResource {
  readonly path = "/events";
  readonly deployment: apigateway.Deployment;
  /** Arguments of all that a deployment is a copy of: when they change, it has to be made anew. */
  readonly #deployed: unknown[] = [];
  readonly #resources: pulumi.Resource[] = [];
  readonly #resource: apigateway.Resource;
  readonly #args: HttpEventsArgs;

  constructor(name: string, args: HttpEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:HttpEvents", name, {}, opts);
    this.#args = args;
    this.#deployed.push(args.apiPolicy);
    this.#resource = this.#declare(apigateway.Resource, name, {
      restApi: args.api.id,
      parentId: args.api.rootResourceId,
      pathPart: this.path.slice(1),
    });
    this.#post(`${name}-post`);
    if (args.cors) {
      this.#preflight(`${name}-options`, args.cors);
      this.#letBrowsersReadErrors(name, args.cors);
    }
    this.deployment = new apigateway.Deployment(
      name,
      {
        restApi: args.api.id,
        triggers: {
          definition: pulumi
            .output(this.#deployed)
            .apply((all) => createHash("sha256").update(JSON.stringify(all)).digest("hex")),
        },
      },
      { parent: this, dependsOn: this.#resources },
    );
    this.registerOutputs();
  }

  #post(name: string): void {
    const { api, dataset, names, settings, cors, role, rolePolicies, stream } = this.#args;
    const { httpAuth, httpRecordPerEvent, httpPartitionKey } = settings;
    if (httpPartitionKey !== undefined) requireKeyColumn(dataset, httpPartitionKey);
    const model = this.#declare(apigateway.Model, name, {
      restApi: api.id,
      // Letters and digits only (API Gateway API, CreateModel).
      name: dataset.name.replaceAll("-", ""),
      description: dataset.description,
      contentType: "application/json",
      schema: JSON.stringify(eventModel(dataset, httpPartitionKey)),
    });
    const validator = this.#declare(apigateway.RequestValidator, name, {
      restApi: api.id,
      name: "body",
      validateRequestBody: true,
      validateRequestParameters: false,
    });
    const method = this.#method(name, "POST", {
      authorization: httpAuth === "IAM" ? "AWS_IAM" : "NONE",
      apiKeyRequired: httpAuth === "API_KEY",
      requestModels: { "application/json": model.name },
      requestValidatorId: validator.id,
    });
    const action = httpRecordPerEvent ? "PutRecords" : "PutRecord";
    const integration = this.#integration(
      name,
      method,
      {
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: names.location.apply(
          ({ partition, region }) => `arn:${partition}:apigateway:${region}:kinesis:action/${action}`,
        ),
        credentials: role.arn,
        requestParameters: {
          "integration.request.header.Content-Type": "'application/x-amz-json-1.1'",
        },
        requestTemplates: {
          "application/json": names.stream.name.apply((streamName) =>
            httpRecordPerEvent ? recordPerEvent(streamName, httpPartitionKey) : packedRecord(streamName),
          ),
        },
        // What is no JSON by its content type would else reach Kinesis as it is, unchecked.
        passthroughBehavior: "NEVER",
      },
      [...rolePolicies, stream.stream],
    );
    const answers: Answer[] = [
      { statusCode: "200", template: httpRecordPerEvent ? failedEvents : allArrived },
      { statusCode: "500", selectionPattern: "4\\d{2}", template: refusedCall },
      { statusCode: "503", selectionPattern: "5\\d{2}", template: unavailable },
    ];
    for (const answer of answers) this.#answer(name, integration, answer, cors?.headers ?? {});
  }

  #preflight(name: string, cors: Cors): void {
    const method = this.#method(name, "OPTIONS", { authorization: "NONE" });
    const integration = this.#integration(name, method, {
      type: "MOCK",
      requestTemplates: { "application/json": `{"statusCode": 204}` },
      passthroughBehavior: "WHEN_NO_MATCH",
    });
    this.#answer(
      name,
      integration,
      { statusCode: "204", template: "" },
      { ...cors.headers, ...cors.preflightHeaders },
    );
  }

  #letBrowsersReadErrors(name: string, cors: Cors): void {
    for (const responseType of ["DEFAULT_4XX", "DEFAULT_5XX"]) {
      this.#declare(apigateway.Response, `${name}-${responseType}`, {
        restApiId: this.#args.api.id,
        responseType,
        responseParameters: withPrefix("gatewayresponse.header", cors.gatewayHeaders),
        // AWS's own template, which the provider would else remove.
        responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
      });
    }
  }

  #method(
    name: string,
    httpMethod: string,
    args: Pick<
      apigateway.MethodArgs,
      "authorization" | "apiKeyRequired" | "requestModels" | "requestValidatorId"
    >,
  ): apigateway.Method {
    return this.#declare(apigateway.Method, name, {
      restApi: this.#args.api.id,
      resourceId: this.#resource.id,
      httpMethod,
      ...args,
    });
  }

  #integration(
    name: string,
    method: apigateway.Method,
    args: Omit<apigateway.IntegrationArgs, "restApi" | "resourceId" | "httpMethod">,
    dependsOn: pulumi.Resource[] = [],
  ): apigateway.Integration {
    return this.#declare(
      apigateway.Integration,
      name,
      {
        restApi: this.#args.api.id,
        resourceId: this.#resource.id,
        httpMethod: method.httpMethod,
        ...args,
      },
      dependsOn,
    );
  }

  #answer(
    name: string,
    integration: apigateway.Integration,
    { statusCode, selectionPattern, template }: Answer,
    headers: Record<string, string>,
  ): void {
    const place = {
      restApi: this.#args.api.id,
      resourceId: this.#resource.id,
      httpMethod: integration.httpMethod,
      statusCode,
    };
    const declared = this.#declare(apigateway.MethodResponse, `${name}-${statusCode}`, {
      ...place,
      responseParameters: withPrefix("method.response.header", allTrue(headers)),
    });
    this.#declare(
      apigateway.IntegrationResponse,
      `${name}-${statusCode}`,
      {
        ...place,
        ...(selectionPattern === undefined ? {} : { selectionPattern }),
        responseParameters: withPrefix("method.response.header", headers),
        responseTemplates: { "application/json": `${this.#args.cors?.template ?? ""}${template}` },
      },
      [declared],
    );
  }

  #declare<Args, Declared extends pulumi.CustomResource>(
    type: new (name: string, args: Args, opts: pulumi.CustomResourceOptions) => Declared,
    name: string,
    args: Args,
    dependsOn: pulumi.Resource[] = [],
  ): Declared {
    const declared = new type(name, args, { parent: this, dependsOn });
    this.#deployed.push(args);
    this.#resources.push(declared);
    return declared;
  }
}

function allTrue(headers: Record<string, string>): Record<string, boolean> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, true]));
}
