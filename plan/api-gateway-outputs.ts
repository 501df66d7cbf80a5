import { createHash } from "node:crypto";
import { arnOf } from "../aws/arn.ts";

/**
 * What AWS adds to API Gateway's resources: most ids are made up by it (10 letters and digits), those of a method's
 * parts are put together by the AWS provider (its import ids).
 */
export function apiGatewayOutputs(
  type: string,
  logicalName: string,
  inputs: Record<string, unknown>,
  { region }: { region: string },
): { id: string; outputs: Record<string, unknown> } {
  const made = idOf(`${type}${logicalName}`);
  const text = (input: string) => (typeof inputs[input] === "string" ? inputs[input] : "");
  const restApi = text("restApi");
  const arn = (path: string) => arnOf("apigateway", path, { partition: "aws", region });
  switch (type) {
    case "aws:apigateway/restApi:RestApi":
      return {
        id: made,
        outputs: { arn: arn(`/restapis/${made}`), rootResourceId: idOf(`root of ${logicalName}`) },
      };
    case "aws:apigateway/stage:Stage": {
      const stageName = text("stageName");
      const host = `${restApi}.execute-api.${region}.amazonaws.com`;
      return {
        id: `ags-${restApi}-${stageName}`,
        outputs: {
          arn: arn(`/restapis/${restApi}/stages/${stageName}`),
          invokeUrl: `https://${host}/${stageName}`,
        },
      };
    }
    case "aws:apigateway/apiKey:ApiKey":
      return { id: made, outputs: { arn: arn(`/apikeys/${made}`) } };
    case "aws:apigateway/usagePlan:UsagePlan":
      return { id: made, outputs: { arn: arn(`/usageplans/${made}`) } };
    case "aws:apigateway/method:Method":
      return { id: `agm-${restApi}-${text("resourceId")}-${text("httpMethod")}`, outputs: {} };
    case "aws:apigateway/integration:Integration":
      return { id: `agi-${restApi}-${text("resourceId")}-${text("httpMethod")}`, outputs: {} };
    default:
      return { id: made, outputs: {} };
  }
}

function idOf(text: string): string {
  return BigInt(`0x${createHash("sha256").update(text).digest("hex").slice(0, 16)}`)
    .toString(36)
    .padStart(10, "0")
    .slice(0, 10);
}
