import { parseArn } from "../../aws/arn.ts";
import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { DeploymentError, problemOf } from "../deployment-error.ts";
import { planOfRegion, toldRegion } from "../iam/region.ts";
import { conversionOf } from "./declared-conversion.ts";
import { destinationOf } from "./declared-destination.ts";
import type { DeliveryStreamInputs } from "./declared-inputs.ts";
import { processingOf } from "./declared-processing.ts";
import type { DeliveryConfiguration } from "./delivery-configuration.ts";

const deliveryStreamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

/** Stands for the account where no ARN of the plan names one. */
const noAccount = "000000000000";

/**
 * The delivery streams of a plan.
 * @throws {DeploymentError} listing all that AWS would refuse at creation, and all that the emulator can't run yet.
 */
export function declaredDeliveries(plan: DeploymentDocument): DeliveryConfiguration[] {
  const problems: string[] = [];
  const deliveries = resourcesOfType(plan, deliveryStreamType).map((resource) =>
    deliveryOf(resource, plan, (rule) => problems.push(problemOf(resource, rule))),
  );
  if (problems.length > 0) throw new DeploymentError(problems);
  return deliveries;
}

function deliveryOf(
  resource: PlannedResource,
  plan: DeploymentDocument,
  problem: (rule: string) => void,
): DeliveryConfiguration {
  const inputs = resource.inputs as DeliveryStreamInputs;
  const name = inputs.name ?? "";
  if (!/^[a-zA-Z0-9_.-]{1,64}$/.test(name)) {
    problem(`name "${name}" must be 1-64 letters, digits, "_", "." or "-".`);
  }
  if (inputs.destination !== "extended_s3") {
    problem(`destination "${inputs.destination ?? ""}" is not supported by the emulator. Use extended_s3.`);
  }
  const s3 = inputs.extendedS3Configuration ?? {};
  if (!inputs.extendedS3Configuration) {
    problem("Exactly one destination configuration is supported for a Firehose.");
  }

  const where = whereOf(
    plan,
    resource,
    inputs.kinesisSourceConfiguration?.kinesisStreamArn ?? inputs.extendedS3Configuration?.roleArn,
  );
  const streamArn = inputs.kinesisSourceConfiguration?.kinesisStreamArn;
  const streamName =
    streamArn === undefined ? undefined : (parseArn(streamArn)?.resource ?? "").replace(/^stream\//, "");
  if (streamArn !== undefined && inputs.serverSideEncryption?.enabled === true) {
    problem("serverSideEncryption conflicts with kinesisSourceConfiguration. Encrypt the stream.");
  }
  const ofRegion = planOfRegion(plan, where.region);
  if (streamName !== undefined && !namesOf(ofRegion, "aws:kinesis/stream:Stream", "name").has(streamName)) {
    problem(
      `kinesisStreamArn "${streamArn}" is no stream that the plan declares (ResourceNotFoundException).`,
    );
  }

  const conversionInputs = s3.dataFormatConversionConfiguration;
  const converts = conversionInputs !== undefined && conversionInputs.enabled !== false;
  const buckets = namesOf(plan, "aws:s3/bucket:Bucket", "bucket");
  const destination = destinationOf(s3, converts, buckets, problem);
  const conversion = converts ? conversionOf(conversionInputs, plan, where, problem) : undefined;

  if (s3.dynamicPartitioningConfiguration?.enabled) {
    problem("dynamic partitioning is not supported by the emulator.");
  }
  const processing = processingOf(s3, { isDirectPut: streamName === undefined, converts }, problem);

  const backs = s3.s3BackupMode === "Enabled";
  if (backs && !s3.s3BackupConfiguration)
    problem("S3BackupConfiguration is required when S3BackupMode is Enabled.");
  const backup =
    backs && s3.s3BackupConfiguration
      ? destinationOf(s3.s3BackupConfiguration, false, buckets, (rule) => problem(`backup: ${rule}`))
      : undefined;
  if (backup?.bufferingIntervalSeconds === 0) {
    problem("backup: zero buffering is not available for S3 backup.");
  }
  return {
    name,
    ...where,
    ...(streamName !== undefined && { streamName }),
    destination,
    ...processing,
    fingerprint: JSON.stringify(inputs),
    ...(conversion && { conversion }),
    ...(backup && { backup }),
  };
}

/** Region and account, by the ARN of the stream or of the role; us-east-1 where a document tells no region. */
function whereOf(plan: DeploymentDocument, resource: PlannedResource, arn = "") {
  const { region, account } = parseArn(arn) ?? {};
  return { region: region || (toldRegion(plan, resource) ?? "us-east-1"), accountId: account || noAccount };
}

function namesOf(plan: DeploymentDocument, type: string, input: string): Set<string> {
  return new Set(resourcesOfType(plan, type).map((resource) => String(resource.inputs[input])));
}
