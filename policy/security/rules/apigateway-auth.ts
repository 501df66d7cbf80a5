import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";

const method = "aws:apigateway/method:Method";

interface Endpoint {
  httpMethod?: string;
  routeKey?: string;
  authorization?: string;
  apiKeyRequired?: boolean;
  authorizationType?: string;
}

export const apigatewayAuth = defineResourceRule<Endpoint>()({
  name: "apigateway-auth",
  description: "Each method and route of an API asks who calls.",
  why: "An ingest endpoint without authorization takes events, and their cost, from anybody.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS FSBP", reference: "APIGateway.8" },
  tags: ["security", "apigateway"],
  types: [method, "aws:apigatewayv2/route:Route"],
  remediationSteps: [
    "Set `authorization` (`authorizationType` on a route) to AWS_IAM, CUSTOM, JWT or COGNITO_USER_POOLS.",
  ],
  config: {
    allowApiKeyOnly: z
      .boolean()
      .default(false)
      .describe("Whether an API key alone is enough. AWS means it for usage plans, not for authorization."),
  },
  checks: [
    ({ props, resource, config, violation }) => {
      // A browser's preflight request cannot carry credentials.
      if (resource.type === method ? props.httpMethod === "OPTIONS" : props.routeKey?.startsWith("OPTIONS "))
        return;
      const property = resource.type === method ? "authorization" : "authorizationType";
      if ((props[property] ?? "NONE") !== "NONE") return;
      if (config.allowApiKeyOnly && props.apiKeyRequired === true) return;
      violation(`${property} is NONE`);
    },
  ],
});
