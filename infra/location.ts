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
      accountId ?? told(getCallerIdentityOutput({}, opts).accountId),
      told(getRegionOutput({}, opts).region),
      told(getPartitionOutput({}, opts).partition),
    ])
    .apply(([account, region, partition]) => {
      // Service principals and kms:ViaService have other names in China, which nobody here could try.
      if (partition === "aws-cn") throw new Error(`Region ${region}: sluice does not deploy to AWS China.`);
      return { account, region, partition };
    });
}

/** In a preview the engine answers nothing for a provider whose configuration is not known yet: so the answer is unknown too. */
function told(answer: pulumi.Output<string>): pulumi.Output<string> {
  return answer.apply((text: string | undefined) => text ?? (pulumi.unknown as unknown as string));
}
