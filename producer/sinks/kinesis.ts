import { KinesisClient, PutRecordsCommand, type KinesisClientConfig } from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { PackedRecord } from "../pack.ts";
import { largestRecordBytes } from "../pack.ts";
import { awsSinkError, isRetryable, isThrottling } from "./aws-failure.ts";
import { Lanes, partitionKeyBytes } from "./lanes.ts";
import type { RecordOutcome, Sink } from "./sink.ts";

export interface KinesisSinkOptions {
  readonly streamName: string;
  readonly region: string;
  /** Another endpoint than AWS's, such as a twin's `http://127.0.0.1:4568`. */
  readonly endpoint?: string;
  /** Default: - the AWS SDK's chain (environment, profile, role). */
  readonly credentials?: KinesisClientConfig["credentials"];
  /** How long a call may take, in milliseconds. Default: 30,000. */
  readonly requestTimeoutMilliseconds?: number;
}

/**
 * Puts records on a Kinesis stream by PutRecords. Records are spread over the shards by random partition keys; a shard
 * that throttles is left alone for a while, the others go on (`lanes.ts`).
 */
export function kinesisSink(options: KinesisSinkOptions): Sink {
  const { streamName, region, endpoint, credentials, requestTimeoutMilliseconds = 30_000 } = options;
  const name = `Kinesis stream "${streamName}"`;
  const client = new KinesisClient({
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
  });
  const lanes = new Lanes();

  return {
    name,
    // AWS takes 500 records and 10 MiB a call (aws-semantics 3). Calls of half of what a shard takes in a second leave
    // less to send again, and kinesis-mock takes them twice as fast as calls of 5 MiB.
    limits: {
      recordsPerCall: 500,
      bytesPerCall: 512 * 1024,
      bytesPerRecord: largestRecordBytes,
      overheadBytes: partitionKeyBytes,
    },
    put: async (records: readonly PackedRecord[]): Promise<RecordOutcome[]> => {
      const used = await lanes.choose(records.length);
      try {
        const answer = await client.send(
          new PutRecordsCommand({
            StreamName: streamName,
            Records: records.map(({ data }, index) => ({
              Data: data,
              PartitionKey: used[index]?.partitionKey,
            })),
          }),
        );
        const outcomes = (answer.Records ?? []).map(({ ErrorCode, ErrorMessage, ShardId }, index) => {
          const lane = used[index];
          if (ErrorCode === undefined) {
            if (lane) lanes.succeeded(lane, ShardId);
            return undefined;
          }
          const throttled = isThrottling(ErrorCode);
          if (throttled && lane) lanes.throttled(lane);
          return {
            code: ErrorCode,
            message: `${name}: ${ErrorCode}: ${ErrorMessage ?? "no further message"}`,
            retryable: isRetryable(ErrorCode),
            sinkWaits: throttled,
          };
        });
        return outcomes;
      } catch (error) {
        throw awsSinkError(error, name, region);
      }
    },
    close: () => client.destroy(),
  };
}
