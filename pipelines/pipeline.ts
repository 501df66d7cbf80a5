import { z } from "zod";

/** Where a pipeline's parts are: what `EventPipeline` registers as its outputs, and a stack exports of it. */
export const pipelineSchema = z.object({
  /** The component's name: it tells the pipelines of a program apart. */
  name: z.string(),
  /** The name of the dataset that flows there. Several pipelines may carry one. */
  dataset: z.string(),
  region: z.string(),
  /** Absent where Firehose takes the events itself. */
  streamName: z.string().optional(),
  deliveryStreamName: z.string(),
  lakeBucketName: z.string(),
  databaseName: z.string(),
  tableName: z.string(),
  workgroupName: z.string(),
  analystRoleArn: z.string(),
  /** Both absent without HTTP ingest; the key also where posters sign. */
  httpEndpoint: z.string().optional(),
  httpApiKeyId: z.string().optional(),
});

/** A pipeline's name, its dataset's name, and the names of its parts. */
export type Pipeline = z.infer<typeof pipelineSchema>;

/** The type by which a Pulumi engine knows a pipeline. */
export const pipelineType = "sluice:pipeline:EventPipeline";

/** A pipeline that can't be found or read. The message says what to do. */
export class PipelineError extends Error {
  override name = "PipelineError";
  /** What a command exits with: 2 for a wrong call, 1 for something that failed. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}
