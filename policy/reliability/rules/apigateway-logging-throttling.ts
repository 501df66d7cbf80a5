import { defineStackRule } from "../../authoring/define-rule.ts";
import type { EvaluatedResource } from "../../authoring/rule.ts";
import { isSet, isUnknown } from "../../authoring/unknown.ts";

const restStage = "aws:apigateway/stage:Stage";
const methodSettings = "aws:apigateway/methodSettings:MethodSettings";
const httpStage = "aws:apigatewayv2/stage:Stage";

interface MethodSettings {
  methodPath?: string;
  settings?: {
    throttlingBurstLimit?: number;
    throttlingRateLimit?: number;
    dataTraceEnabled?: boolean;
  };
}

interface HttpStage {
  defaultRouteSettings?: { throttlingBurstLimit?: number; throttlingRateLimit?: number };
}

export const apigatewayLoggingThrottling = defineStackRule({
  name: "apigateway-logging-throttling",
  description: "Each stage of an API logs its requests and limits their rate.",
  why: "Without a limit of its own a stage takes the account's, and one client can use up all of it. Full request tracing writes every event into a log.",
  level: "advisory",
  severity: "medium",
  framework: { name: "AWS FSBP", reference: "APIGateway.1, APIGateway.9" },
  tags: ["reliability", "apigateway", "logs"],
  types: [restStage, methodSettings, httpStage],
  remediationSteps: [
    "Set `accessLogSettings.destinationArn` on the stage.",
    "Set throttling limits: MethodSettings with the path */* (REST), `defaultRouteSettings` (HTTP).",
    "Leave `dataTraceEnabled` off.",
  ],
  config: {},
  check: ({ resources, violation, each }) => {
    const settings = resources.filter(({ type }) => type === methodSettings);
    const stages = resources.filter(({ type }) => type === restStage || type === httpStage);
    each(stages, (stage) => {
      if (!isSet(stage.props, "accessLogSettings")) violation(stage, "accessLogSettings is unset");
    });
    each(stages, (stage) => {
      const limits =
        stage.type === httpStage
          ? [(stage.props as HttpStage).defaultRouteSettings]
          : settings
              .filter((candidate) => belongsTo(candidate, stage))
              .map(({ props }) => props as MethodSettings)
              .filter(({ methodPath }) => methodPath === "*/*")
              .map((props) => props.settings);
      if (
        !limits.some((limit) => isLimit(limit?.throttlingBurstLimit) && isLimit(limit?.throttlingRateLimit))
      ) {
        violation(stage, "no throttlingBurstLimit and throttlingRateLimit for all methods");
      }
    });
    each(settings, (resource) => {
      if ((resource.props as MethodSettings).settings?.dataTraceEnabled === true) {
        violation(resource, "dataTraceEnabled is true, which logs every event");
      }
    });
  },
});

/** -1 is the provider's word for no limit. */
function isLimit(value: number | undefined): boolean {
  return value !== undefined && value >= 0;
}

function belongsTo(settings: EvaluatedResource, stage: EvaluatedResource): boolean {
  const sources = settings.propertyDependencies["stageName"] ?? [];
  if (sources.some(({ urn }) => urn === stage.urn)) return true;
  if (isUnknown(settings.props, "stageName") || isUnknown(stage.props, "stageName")) return false;
  return settings.props["stageName"] === stage.props["stageName"];
}
