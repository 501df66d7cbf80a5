import type { RestApiArgs, StageArgs } from "@pulumi/aws/apigateway/index.js";
import type { WorkgroupArgs } from "@pulumi/aws/athena/index.js";
import type { CatalogTableArgs } from "@pulumi/aws/glue/index.js";
import type { FirehoseDeliveryStreamArgs, StreamArgs } from "@pulumi/aws/kinesis/index.js";
import type { KeyArgs } from "@pulumi/aws/kms/index.js";
import type { BucketArgs } from "@pulumi/aws/s3/index.js";
import type { Transform } from "./transform.ts";

/** The children that can be transformed, each by a key of its own. */
export interface Transforms {
  key?: Transform<KeyArgs> | undefined;
  stream?: Transform<StreamArgs> | undefined;
  deliveryStream?: Transform<FirehoseDeliveryStreamArgs> | undefined;
  lakeBucket?: Transform<BucketArgs> | undefined;
  backupBucket?: Transform<BucketArgs> | undefined;
  resultsBucket?: Transform<BucketArgs> | undefined;
  accessLogsBucket?: Transform<BucketArgs> | undefined;
  table?: Transform<CatalogTableArgs> | undefined;
  httpApi?: Transform<RestApiArgs> | undefined;
  httpStage?: Transform<StageArgs> | undefined;
  workgroup?: Transform<WorkgroupArgs> | undefined;
}
