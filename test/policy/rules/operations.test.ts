import { logGroupRetention } from "../../../policy/cost/rules/log-group-retention.ts";
import { alarmsWired } from "../../../policy/reliability/rules/alarms-wired.ts";
import { apigatewayLoggingThrottling } from "../../../policy/reliability/rules/apigateway-logging-throttling.ts";
import { apigatewayAuth } from "../../../policy/security/rules/apigateway-auth.ts";
import { kmsKeyHygiene } from "../../../policy/security/rules/kms-key-hygiene.ts";
import { snsSqsEncryption } from "../../../policy/security/rules/sns-sqs-encryption.ts";
import { absent } from "../edits.ts";
import { deliveryStream, stream } from "../fixtures.ts";
import type { Subject } from "../evaluating.ts";
import { describeRule } from "../rule-suite.ts";

function alarm(namespace: string, metricName: string, dimensions: object): Subject {
  const props = { namespace, metricName, dimensions, alarmActions: ["arn:aws:sns:eu-central-1:1:alarms"] };
  return { type: "aws:cloudwatch/metricAlarm:MetricAlarm", props };
}

describe("Rules of operation", () => {
  describeRule({
    rule: logGroupRetention,
    compliant: {
      logs: { type: "aws:cloudwatch/logGroup:LogGroup", props: { name: "logs", retentionInDays: 30 } },
    },
    passing: {
      "a group for deliveries, with a retention of its own": {
        edits: { "logs/props": { logGroupClass: "DELIVERY" } },
      },
      "a key where one is wanted": { edits: { "logs/props/kmsKeyId": "k" }, config: { requireKms: true } },
    },
    failing: {
      "no retention": { edits: { "logs/props/retentionInDays": absent }, says: /means for ever/ },
      "0, which means for ever": { edits: { "logs/props/retentionInDays": 0 }, says: /means for ever/ },
      "a retention that is too short": {
        edits: { "logs/props/retentionInDays": 1 },
        says: /is 1; use 7 to 400/,
      },
      "a retention that is too long": { edits: { "logs/props/retentionInDays": 3653 }, says: /is 3653/ },
      "no key where one is wanted": { config: { requireKms: true }, says: /kmsKeyId is unset/ },
    },
  });

  const freshness = alarm("AWS/Firehose", "DeliveryToS3.DataFreshness", { DeliveryStreamName: "clicks" });
  const age = alarm("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", { StreamName: "clicks" });
  describeRule({
    rule: alarmsWired,
    compliant: { stream, delivery: deliveryStream, freshness, age },
    passing: {
      "an alarm on a metric query": {
        edits: {
          "age/props": {
            metricQueries: [{ metric: { namespace: "AWS/Kinesis", ...age.props } }],
            alarmActions: ["a"],
          },
        },
      },
      "another metric that the configuration names": {
        edits: { "age/props/metricName": "WriteProvisionedThroughputExceeded" },
        config: { streamMetrics: ["WriteProvisionedThroughputExceeded"] },
      },
    },
    failing: {
      "a stream without an alarm": {
        edits: { age: absent },
        says: /^stream: no alarm on GetRecords.IteratorAgeMilliseconds with StreamName/,
      },
      "a delivery stream without an alarm": {
        edits: { freshness: absent },
        says: /^delivery: no alarm on DeliveryToS3.DataFreshness/,
      },
      "a dimension that AWS does not publish": {
        edits: { "freshness/props/dimensions": { StreamName: "clicks" } },
        says: /^delivery: no alarm/,
      },
      "an alarm on another stream": {
        edits: { "age/props/dimensions/StreamName": "other" },
        says: /^stream: no alarm/,
      },
      "a metric of another service": {
        edits: { "age/props/namespace": "AWS/Firehose" },
        says: /^stream: no alarm/,
      },
      "an alarm that tells nobody": {
        edits: { "age/props/alarmActions": [] },
        says: /^age: the alarm has no alarmActions/,
      },
      "an alarm that is silent": {
        edits: { "age/props/actionsEnabled": false },
        says: /^age: actionsEnabled is false/,
      },
    },
  });

  describeRule({
    rule: kmsKeyHygiene,
    compliant: {
      key: {
        type: "aws:kms/key:Key",
        props: {
          enableKeyRotation: true,
          deletionWindowInDays: 30,
          policy: {
            Statement: [
              { Sid: "Admin", Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:root" }, Action: "kms:*" },
            ],
          },
        },
      },
    },
    passing: {
      "a key that AWS cannot rotate": {
        edits: { "key/props/enableKeyRotation": absent, "key/props/customerMasterKeySpec": "RSA_4096" },
      },
      "everybody of the account": {
        edits: {
          "key/props/policy/Statement/0/Principal": "*",
          "key/props/policy/Statement/0/Condition": { StringEquals: { "kms:CallerAccount": "1" } },
        },
      },
      "AWS's default policy": { edits: { "key/props/policy": absent } },
    },
    failing: {
      "no rotation": {
        edits: { "key/props/enableKeyRotation": false },
        says: /enableKeyRotation is not true/,
      },
      "a short waiting time": {
        edits: { "key/props/deletionWindowInDays": 7 },
        says: /is 7; use at least 14/,
      },
      "a policy check that is bypassed": {
        edits: { "key/props/bypassPolicyLockoutSafetyCheck": true },
        says: /bypassPolicyLockoutSafetyCheck/,
      },
      everybody: {
        edits: { "key/props/policy/Statement/0/Principal": "*" },
        says: /statement Admin serves everybody \(\*\)/,
      },
      "everybody but a list": {
        edits: { "key/props/policy/Statement/0/NotPrincipal": { AWS: "1" } },
        says: /NotPrincipal/,
        presenceOnly: true,
      },
      "less than the configuration asks for": {
        config: { minDeletionWindowDays: 30 },
        edits: { "key/props/deletionWindowInDays": 20 },
        says: /at least 30/,
      },
    },
  });

  describeRule({
    rule: snsSqsEncryption,
    compliant: {
      topic: { type: "aws:sns/topic:Topic", props: { kmsMasterKeyId: "arn:aws:kms:eu-central-1:1:key/1" } },
      queue: { type: "aws:sqs/queue:Queue", props: {} },
    },
    passing: {
      "SNS's own key where it is accepted": {
        edits: { "topic/props/kmsMasterKeyId": "alias/aws/sns" },
        config: { requireCustomerKeyForTopics: false },
      },
    },
    failing: {
      "a topic without a key": {
        edits: { "topic/props/kmsMasterKeyId": absent },
        says: /topic: kmsMasterKeyId is unset/,
      },
      "a key that alarms cannot use": {
        edits: { "topic/props/kmsMasterKeyId": "alias/aws/sns" },
        says: /CloudWatch alarms cannot publish/,
      },
      "a queue without encryption": {
        edits: { "queue/props/sqsManagedSseEnabled": false },
        says: /queue: sqsManagedSseEnabled is false/,
      },
    },
  });

  const method: Subject = {
    type: "aws:apigateway/method:Method",
    props: { httpMethod: "POST", authorization: "AWS_IAM" },
  };
  describeRule({
    rule: apigatewayAuth,
    compliant: {
      method,
      route: { type: "aws:apigatewayv2/route:Route", props: { authorizationType: "JWT" } },
    },
    passing: {
      "a browser's preflight request": {
        edits: { "method/props": { httpMethod: "OPTIONS", authorization: "NONE" } },
      },
      "a browser's preflight request to a route": {
        edits: { "route/props": { routeKey: "OPTIONS /events", authorizationType: "NONE" } },
      },
      "an API key where it is accepted": {
        edits: { "method/props/authorization": "NONE", "method/props/apiKeyRequired": true },
        config: { allowApiKeyOnly: true },
      },
    },
    failing: {
      "a method for anybody": {
        edits: { "method/props/authorization": "NONE" },
        says: /method: authorization is NONE/,
      },
      "a route for anybody": {
        edits: { "route/props/authorizationType": absent },
        says: /route: authorizationType is NONE/,
      },
      "an API key alone": {
        edits: { "method/props": { httpMethod: "POST", authorization: "NONE", apiKeyRequired: true } },
        says: /NONE/,
      },
    },
  });

  const limits = { throttlingBurstLimit: 100, throttlingRateLimit: 50 };
  describeRule({
    rule: apigatewayLoggingThrottling,
    compliant: {
      stage: {
        type: "aws:apigateway/stage:Stage",
        props: { stageName: "v1", accessLogSettings: { destinationArn: "a" } },
      },
      settings: {
        type: "aws:apigateway/methodSettings:MethodSettings",
        props: { stageName: "v1", methodPath: "*/*", settings: limits },
        from: { stageName: ["stage"] },
      },
      http: {
        type: "aws:apigatewayv2/stage:Stage",
        props: { accessLogSettings: { destinationArn: "a" }, defaultRouteSettings: limits },
      },
    },
    passing: { "settings that name the stage": { edits: { "settings/from": {} } } },
    failing: {
      "no access log": {
        edits: { "stage/props/accessLogSettings": absent },
        says: /^stage: accessLogSettings is unset/,
      },
      "no limits": { edits: { settings: absent }, says: /^stage: no throttlingBurstLimit/ },
      "limits for one method": {
        edits: { "settings/props/methodPath": "events/POST" },
        says: /^stage: no throttling/,
      },
      "limits of -1, which means none": {
        edits: { "http/props/defaultRouteSettings/throttlingRateLimit": -1 },
        says: /^http: no throttling/,
      },
      "a log of every event": {
        edits: { "settings/props/settings/dataTraceEnabled": true },
        says: /^settings: dataTraceEnabled is true/,
      },
    },
  });
});
