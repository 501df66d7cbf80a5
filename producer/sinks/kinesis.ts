import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { PackedRecord } from "../pack.ts";
import { largestRecordBytes } from "../pack.ts";
import { awsClientConfig, type AwsClientOptions } from "./aws-client.ts";
import { awsSinkError, isRetryable, isThrottling } from "./aws-failure.ts";
import { Lanes, partitionKeyBytes } from "./lanes.ts";
import type { RecordOutcome, Sink } from "./sink.ts";

export interface KinesisSinkOptions extends AwsClientOptions {
  readonly streamName: string;
}

/**
 * Puts records on a Kinesis stream by PutRecords. Records are spread over the shards by random partition keys; a shard
 * that throttles is left alone for a while, the others go on (`lanes.ts`).
 */
export function kinesisSink(options: KinesisSinkOptions): Sink {
  const { streamName, region } = options;
  const name = `Kinesis stream "${streamName}"`;
  const client = new KinesisClient(awsClientConfig(options));
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
