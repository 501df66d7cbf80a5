/**
 * The producer for a Node backend.
 *
 * @module
 */
export {
  createProducer,
  InvalidEventError,
  producerDefaults,
  type Producer,
  type ProducerCounts,
  type ProducerOptions,
} from "./producer.ts";
export { producerFor, type ProducerForOptions } from "./producer-for.ts";
export { PipelineNotFoundError } from "./find-pipeline.ts";
export type { PipelineOutputs } from "./pipeline-outputs.ts";
export type { EventBuffer } from "./buffers/buffer.ts";
export { fileBuffer, type FileBufferOptions } from "./buffers/file.ts";
export { memoryBuffer, type MemoryBufferOptions } from "./buffers/memory.ts";
export { redisBuffer, type RedisBufferOptions } from "./buffers/redis.ts";
export { withFallback } from "./buffers/with-fallback.ts";
export type { Sink } from "./sinks/sink.ts";
export { firehoseSink, type FirehoseSinkOptions } from "./sinks/firehose.ts";
export { httpSink, type HttpSinkOptions } from "./sinks/http.ts";
export { kinesisSink, type KinesisSinkOptions } from "./sinks/kinesis.ts";
