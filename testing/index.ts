/**
 * What the tests of a pipeline use.
 *
 * @module
 */
export {
  testPipeline,
  type SampleOptions,
  type SendTestOptions,
  type TestCounts,
  type TestEvent,
  type TestPipeline,
  type TestPipelineOptions,
} from "./test-pipeline.ts";
export type { FailedEvent } from "./error-output.ts";
export { startEmulator, type Emulator, type EmulatorOptions } from "../local/emulator.ts";
export { evaluateStack, recordResources, type EvaluateOptions } from "../plan/evaluate.ts";
export type { DeploymentDocument, PlannedResource } from "../plan/deployment.ts";
export { Random } from "../schema/sample/random.ts";
export type { Generator, MakeGenerator } from "../schema/sample/generator.ts";
