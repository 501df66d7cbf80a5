// Inputs of API Gateway's resources that the emulator reads (@pulumi/aws 7).

export interface ResourceInputs {
  restApi?: string;
  parentId?: string;
  pathPart?: string;
}

export interface MethodInputs {
  restApi?: string;
  resourceId?: string;
  httpMethod?: string;
  authorization?: string;
  apiKeyRequired?: boolean;
  requestModels?: Record<string, string>;
  requestValidatorId?: string;
}

export interface IntegrationInputs {
  restApi?: string;
  resourceId?: string;
  httpMethod?: string;
  type?: string;
  uri?: string;
  credentials?: string;
  integrationHttpMethod?: string;
  passthroughBehavior?: string;
  requestParameters?: Record<string, string>;
  requestTemplates?: Record<string, string>;
}

export interface ResponseInputs {
  restApi?: string;
  resourceId?: string;
  httpMethod?: string;
  statusCode?: string;
  selectionPattern?: string;
  /** Of an integration response: header to value; of a method response: header to whether it is sent. */
  responseParameters?: Record<string, string | boolean>;
  responseTemplates?: Record<string, string>;
}

export interface GatewayResponseInputs {
  restApiId?: string;
  responseType?: string;
  statusCode?: string;
  responseParameters?: Record<string, string>;
  responseTemplates?: Record<string, string>;
}

export interface StageInputs {
  restApi?: string;
  stageName?: string;
  deployment?: string;
  variables?: Record<string, string>;
}

export interface MethodSettingsInputs {
  restApi?: string;
  stageName?: string;
  methodPath?: string;
  settings?: { throttlingBurstLimit?: number; throttlingRateLimit?: number };
}

export interface UsagePlanInputs {
  apiStages?: { apiId?: string; stage?: string }[];
  throttleSettings?: { burstLimit?: number; rateLimit?: number };
}
