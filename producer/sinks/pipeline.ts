import type { AwsClientOptions } from "./aws-client.ts";
import { firehoseSink } from "./firehose.ts";
import { kinesisSink } from "./kinesis.ts";
import type { Sink } from "./sink.ts";

/** What a sink must know of a pipeline. */
export interface PipelineSource {
  readonly region: string;
  /** Absent where Firehose takes the events itself. */
  readonly streamName?: string | undefined;
  readonly deliveryStreamName: string;
}

export interface PipelineSinkOptions extends Pick<
  AwsClientOptions,
  "credentials" | "requestTimeoutMilliseconds"
> {
  /** Other endpoints than AWS's: those of an emulator. */
  readonly kinesis?: string | undefined;
  readonly firehose?: string | undefined;
}

/** Where a pipeline takes its events: on its stream, or on Firehose where it has none. */
export function pipelineSink(
  { region, streamName, deliveryStreamName }: PipelineSource,
  { kinesis, firehose, ...options }: PipelineSinkOptions,
): Sink {
  return streamName === undefined
    ? firehoseSink({ ...options, deliveryStreamName, region, endpoint: firehose })
    : kinesisSink({ ...options, streamName, region, endpoint: kinesis });
}
