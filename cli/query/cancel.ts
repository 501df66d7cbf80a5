import { Command } from "commander";
import { InvalidRequestException } from "@aws-sdk/client-athena";
import { queryStatus } from "../../athena/client/poll.ts";
import { stopQuery } from "../../athena/client/run.ts";
import { isTerminal } from "../../athena/client/status.ts";
import { costOf } from "../../athena/client/billing.ts";
import { UserError } from "../user-error.ts";
import { summaryText } from "./amounts.ts";
import type { Io } from "./io.ts";
import { withTarget } from "./target-options.ts";
import { findTarget, type Place, type TargetOptions } from "./target.ts";

/** `sluice query cancel`: stops a query on the server. */
export function cancelCommand(io: Io): Command {
  const command = new Command("cancel")
    .description("stop a query that runs")
    .argument("<id>", "its id, as run and history show it")
    .action((id: string, options: TargetOptions) => cancel(io, id, options));
  return withTarget(command);
}

async function cancel(io: Io, id: string, options: TargetOptions): Promise<void> {
  const target = await findTarget(options);
  try {
    const { client, region, before } = await placeOfQuery(target.places, id);
    if (isTerminal(before)) {
      throw new UserError(`query ${id} is over already: ${before.state}. Nothing was stopped.`, 1);
    }
    const status = await stopQuery(client, id);
    io.stderr.write(`${summaryText(status, costOf(status, region), target.isLocal)}\n`);
  } catch (error) {
    if (!(error instanceof InvalidRequestException)) throw error;
    throw new UserError(`no query ${id} here: ${error.message}\n\`sluice query history\` shows the ids.`);
  } finally {
    target.close();
  }
}

/** Where a query runs: of pipelines in several regions one knows it. @throws what the last place says, when none does. */
async function placeOfQuery(places: readonly Place[], id: string) {
  let failure: unknown;
  for (const { client, region } of places) {
    try {
      return { client, region, before: await queryStatus(client, id) };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
