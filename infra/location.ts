import * as pulumi from "@pulumi/pulumi";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { getPartitionOutput } from "@pulumi/aws/getPartition.js";
import { getRegionOutput } from "@pulumi/aws/getRegion.js";
import type { Location } from "./names.ts";

/**
 * Where the provider deploys to. The provider is asked, also in a preview, for what is not given.
 * @param accountId when given, the provider is not asked for it.
 */
export function locationOf(
  accountId: string | undefined,
  opts: pulumi.InvokeOutputOptions,
): pulumi.Output<Location> {
  return pulumi
    .all([
      accountId ?? getCallerIdentityOutput({}, opts).accountId,
      getRegionOutput({}, opts).region,
      getPartitionOutput({}, opts).partition,
    ])
    .apply(([account, region, partition]) => {
      // Service principals and kms:ViaService have other names in China, which nobody here could try.
      if (partition === "aws-cn") throw new Error(`Region ${region}: sluice does not deploy to AWS China.`);
      return { account, region, partition };
    });
}
