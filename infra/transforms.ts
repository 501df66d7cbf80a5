import type { RestApiArgs, StageArgs } from "@pulumi/aws/apigateway/index.js";
import type { WorkgroupArgs } from "@pulumi/aws/athena/index.js";
import type { CatalogTableArgs } from "@pulumi/aws/glue/index.js";
import type { FirehoseDeliveryStreamArgs, StreamArgs } from "@pulumi/aws/kinesis/index.js";
import type { KeyArgs } from "@pulumi/aws/kms/index.js";
import type { BucketArgs } from "@pulumi/aws/s3/index.js";
import type { Transform } from "./transform.ts";

/** The children that can be transformed, each by a key of its own. */
export interface Transforms {
  key?: Transform<KeyArgs>;
  stream?: Transform<StreamArgs>;
  deliveryStream?: Transform<FirehoseDeliveryStreamArgs>;
  lakeBucket?: Transform<BucketArgs>;
  backupBucket?: Transform<BucketArgs>;
  resultsBucket?: Transform<BucketArgs>;
  accessLogsBucket?: Transform<BucketArgs>;
  table?: Transform<CatalogTableArgs>;
  httpApi?: Transform<RestApiArgs>;
  httpStage?: Transform<StageArgs>;
  workgroup?: Transform<WorkgroupArgs>;
}
