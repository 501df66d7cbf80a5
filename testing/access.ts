import type { AthenaClient } from "@aws-sdk/client-athena";
import { athenaClient } from "../athena/client/client.ts";
import { emulatorCredentials as credentials } from "../pipelines/from-emulator.ts";
import type { Pipeline } from "../pipelines/pipeline.ts";
import { pipelineSink } from "../producer/sinks/pipeline.ts";
import type { Sink } from "../producer/sinks/sink.ts";
import type { LocalStack } from "./local-stack.ts";

/** Where a pipeline takes its events in an emulator: on its stream, or on Firehose itself. */
export function sourceOf({ emulator }: LocalStack, pipeline: Pipeline): Sink {
  return pipelineSink(pipeline, {
    credentials,
    kinesis: emulator.kinesisEndpoint,
    firehose: emulator.firehoseEndpoint,
  });
}

/** The emulator's Athena, with the rights of a pipeline's analyst. */
export function analystClient(local: LocalStack, { region, analystRoleArn }: Pipeline): AthenaClient {
  return athenaClient({
    region,
    endpoint: local.athenaEndpoint,
    // The emulator takes the name of a declared role for the key: the queries run with the analyst's rights.
    credentials: {
      ...credentials,
      accessKeyId: analystRoleArn.slice(analystRoleArn.lastIndexOf("/") + 1),
    },
  });
}
