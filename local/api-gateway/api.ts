import type { MappingTemplate } from "./mapping-template.ts";
import type { CheckBody } from "./request-model.ts";
import type { RateLimit } from "./token-bucket.ts";

/** A declared REST API that is deployed to a stage, checked and ready to be served. */
export interface Api {
  readonly id: string;
  readonly name: string;
  readonly stageName: string;
  readonly stageVariables: Record<string, string>;
  readonly methods: readonly ApiMethod[];
  readonly gatewayResponses: readonly GatewayResponse[];
  /** Of all methods together; absent when none is declared: then the account's holds, and the emulator has none. */
  readonly rateLimit?: RateLimit;
  /** Who may call methods that need a key. */
  readonly keys: readonly ApiKey[];
}

export interface ApiMethod {
  readonly path: string;
  readonly httpMethod: string;
  readonly authorization: "NONE" | "AWS_IAM";
  readonly apiKeyRequired: boolean;
  /** The models of the bodies that are checked, by content type; empty when none is. */
  readonly checks: ReadonlyMap<string, CheckBody>;
  readonly integration: Integration;
}

export interface Integration {
  readonly type: "AWS" | "MOCK";
  /** What is called; absent in a mock. */
  readonly action?: ServiceAction;
  readonly passthrough: "NEVER" | "WHEN_NO_MATCH" | "WHEN_NO_TEMPLATES";
  readonly templates: ReadonlyMap<string, MappingTemplate>;
  readonly responses: readonly IntegrationResponse[];
}

/** An action of an AWS service, and the role by which it is called. */
export interface ServiceAction {
  readonly service: "kinesis";
  readonly name: "PutRecord" | "PutRecords";
  readonly region: string;
  readonly roleArn: string;
}

export interface IntegrationResponse {
  readonly statusCode: number;
  /** The service's statuses that it is for; absent on the one for all others. */
  readonly selectionPattern?: RegExp;
  /** Constant headers. */
  readonly headers: Record<string, string>;
  readonly templates: ReadonlyMap<string, MappingTemplate>;
}

/** How an answer that API Gateway gives itself looks. */
export interface GatewayResponse {
  readonly responseType: string;
  readonly statusCode?: number;
  /** Header to a constant in quotes, or to `method.request.header.NAME`. */
  readonly headers: Record<string, string>;
  readonly templates: Record<string, string>;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly rateLimit?: RateLimit;
}
