import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import type { PackedRecord } from "../pack.ts";
import { largestRecordBytes } from "../pack.ts";
import { awsClientConfig, type AwsClientOptions } from "./aws-client.ts";
import { awsSinkError, isRetryable } from "./aws-failure.ts";
import type { RecordOutcome, Sink } from "./sink.ts";

export interface FirehoseSinkOptions extends AwsClientOptions {
  readonly deliveryStreamName: string;
}

/**
 * Puts records on a Firehose stream by PutRecordBatch, for pipelines whose source is Direct PUT: Firehose refuses it
 * where a Kinesis stream is the source.
 */
export function firehoseSink(options: FirehoseSinkOptions): Sink {
  const { deliveryStreamName, region } = options;
  const name = `Firehose stream "${deliveryStreamName}"`;
  const client = new FirehoseClient(awsClientConfig(options));
  return {
    name,
    // 500 records and 4 MiB a call, 1,000 KiB a record (aws-semantics 1.1); smaller calls leave less to send again.
    limits: {
      recordsPerCall: 500,
      bytesPerCall: 1024 * 1024,
      bytesPerRecord: largestRecordBytes,
      overheadBytes: 0,
    },
    put: async (records: readonly PackedRecord[]): Promise<RecordOutcome[]> => {
      try {
        const answer = await client.send(
          new PutRecordBatchCommand({
            DeliveryStreamName: deliveryStreamName,
            Records: records.map(({ data }) => ({ Data: data })),
          }),
        );
        return (answer.RequestResponses ?? []).map(({ ErrorCode, ErrorMessage }) =>
          ErrorCode === undefined
            ? undefined
            : {
                code: ErrorCode,
                message: `${name}: ${ErrorCode}: ${ErrorMessage ?? "no further message"}`,
                retryable: isRetryable(ErrorCode),
              },
        );
      } catch (error) {
        throw awsSinkError(error, name, region);
      }
    },
    close: () => client.destroy(),
  };
}
