import { GetWorkGroupCommand, type AthenaClient } from "@aws-sdk/client-athena";
import { costAtMost } from "../../athena/client/billing.ts";
import { UserError } from "../user-error.ts";
import { bytesText, dollarsText } from "./amounts.ts";

/**
 * Makes sure, before a query starts, that it can't cost more than the caller allows. Athena has no dry run: what bounds
 * a query is its workgroup's cutoff of bytes scanned, and nothing else.
 * @throws {UserError} when the cutoff allows more, there is none, or the region's price is not on file.
 */
export async function assertCostAtMost(
  client: AthenaClient,
  workgroup: string,
  region: string,
  maxDollars: number,
): Promise<void> {
  const { WorkGroup } = await client.send(new GetWorkGroupCommand({ WorkGroup: workgroup }));
  const cutoff = WorkGroup?.Configuration?.BytesScannedCutoffPerQuery;
  const refuse = (why: string) => {
    throw new UserError(
      `not started: --max-cost ${dollarsText(maxDollars)} can't be guaranteed, as ${why}`,
      1,
    );
  };
  if (cutoff === undefined) {
    return refuse(`the workgroup "${workgroup}" has no cutoff.\nSet bytesScannedCutoffPerQuery on it.`);
  }
  const { dollars } = costAtMost(cutoff, region);
  if (dollars === undefined) {
    return refuse(
      `the price in ${region} is not on file.\nAdd it, with its source, to athena/client/athena-prices.json.`,
    );
  }
  if (dollars > maxDollars) {
    return refuse(
      `the workgroup "${workgroup}" cuts off at ${bytesText(cutoff)}, which is ${dollarsText(dollars)}.\n` +
        "Allow that much, or have bytesScannedCutoffPerQuery lowered.",
    );
  }
}
