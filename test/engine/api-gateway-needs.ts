import type { Declared, Need } from "./need.ts";

type Inputs = Record<string, unknown>;

/** What API Gateway demands to exist before it creates a resource. */
export function apiGatewayNeeds(type: string, inputs: Inputs): Need[] {
  const method = ["restApi", "resourceId", "httpMethod"];
  switch (type) {
    case "aws:apigateway/integration:Integration":
    case "aws:apigateway/methodResponse:MethodResponse":
      return [like("method:Method", inputs, method)];
    case "aws:apigateway/integrationResponse:IntegrationResponse":
      return [
        like("integration:Integration", inputs, method),
        like("methodResponse:MethodResponse", inputs, [...method, "statusCode"]),
      ];
    case "aws:apigateway/deployment:Deployment":
      return [like("integration:Integration", inputs, ["restApi"])];
    case "aws:apigateway/stage:Stage": {
      const { destinationArn } = (inputs["accessLogSettings"] ?? {}) as { destinationArn?: string };
      return [
        like("deployment:Deployment", inputs, ["restApi"]),
        {
          error: `BadRequestException: log group ${destinationArn} does not exist`,
          satisfiedBy: ({ type, outputs }) =>
            type === "aws:cloudwatch/logGroup:LogGroup" && outputs["arn"] === destinationArn,
        },
      ];
    }
    case "aws:apigateway/methodSettings:MethodSettings":
      return [like("stage:Stage", inputs, ["restApi", "stageName"])];
    case "aws:apigateway/usagePlan:UsagePlan":
      return ((inputs["apiStages"] ?? []) as { apiId?: string; stage?: string }[]).map(({ apiId, stage }) =>
        like("stage:Stage", { restApi: apiId, stageName: stage }, ["restApi", "stageName"]),
      );
    default:
      return [];
  }
}

/** A resource of API Gateway that has the same inputs. */
function like(kind: string, inputs: Inputs, same: readonly string[]): Need {
  const shown = same.map((input) => String(inputs[input])).join(" ");
  return {
    error: `NotFoundException: ${kind} of ${shown} does not exist`,
    satisfiedBy: (resource: Declared) =>
      resource.type === `aws:apigateway/${kind}` &&
      same.every((input) => resource.inputs[input] === inputs[input]),
  };
}
