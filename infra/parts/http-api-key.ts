import * as pulumi from "@pulumi/pulumi";
import * as apigateway from "@pulumi/aws/apigateway/index.js";
import type { Settings } from "../settings.ts";
import type { PartArgs } from "./part.ts";

export interface HttpApiKeyArgs extends PartArgs {
  api: apigateway.RestApi;
  stage: apigateway.Stage;
  settings: Pick<Settings, "httpThrottleRatePerSecond" | "httpThrottleBurst">;
}

/** The key that posters send as `x-api-key`, and the usage plan that it belongs to. AWS makes up the key's value. */
export class HttpApiKey extends pulumi.ComponentResource {
  readonly key: apigateway.ApiKey;

  constructor(name: string, args: HttpApiKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:HttpApiKey", name, {}, opts);
    const { names, tags, api, stage, settings } = args;
    this.key = new apigateway.ApiKey(
      name,
      { name: names.base, description: pulumi.interpolate`Posts events to ${names.base}`, tags },
      { parent: this },
    );
    const plan = new apigateway.UsagePlan(
      name,
      {
        name: names.base,
        description: pulumi.interpolate`Who posts events to ${names.base}, and how many`,
        apiStages: [{ apiId: api.id, stage: stage.stageName }],
        throttleSettings: {
          rateLimit: settings.httpThrottleRatePerSecond,
          burstLimit: settings.httpThrottleBurst,
        },
        tags,
      },
      { parent: this },
    );
    new apigateway.UsagePlanKey(
      name,
      { usagePlanId: plan.id, keyId: this.key.id, keyType: "API_KEY" },
      { parent: this },
    );
    this.registerOutputs({ keyId: this.key.id });
  }
}
