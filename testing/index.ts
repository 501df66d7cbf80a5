/**
 * What the tests of a pipeline use.
 *
 * @module
 */
import "#node-version";

export { testPipeline, type TestPipeline } from "./test-pipeline.ts";
