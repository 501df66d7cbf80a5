import type { KinesisClientConfig } from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";

export interface AwsClientOptions {
  readonly region: string;
  /** Another endpoint than AWS's, such as an emulator's `http://127.0.0.1:4568`. */
  readonly endpoint?: string | undefined;
  /** Default: - the AWS SDK's chain (environment, profile, role). */
  readonly credentials?: KinesisClientConfig["credentials"] | undefined;
  /** How long a call may take, in milliseconds. Default: 30,000. */
  readonly requestTimeoutMilliseconds?: number | undefined;
}

/** The configuration of an AWS SDK client that sends records. */
export function awsClientConfig({
  region,
  endpoint,
  credentials,
  requestTimeoutMilliseconds = 30_000,
}: AwsClientOptions) {
  return {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    // Retries are deliver.ts's: record by record, and counted.
    maxAttempts: 1,
    // HTTP/1.1: one connection for each call in flight, and what kinesis-mock speaks.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 5_000,
      requestTimeout: requestTimeoutMilliseconds,
      throwOnRequestTimeout: true,
    }),
  };
}
