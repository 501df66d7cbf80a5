import type { QueryStatus } from "../../athena/client/status.ts";
import type { QueryCost } from "../../athena/client/billing.ts";

/** Bytes in the unit that reads best, decimal as AWS bills: 1 MB is 1,000,000 bytes. */
export function bytesText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** step;
  return `${step === 0 ? bytes : Number(value.toPrecision(3))} ${units[step]}`;
}

/** Dollars with the digits that matter: a query's cost is often a small part of a cent. */
export function dollarsText(dollars: number): string {
  return dollars === 0 || dollars >= 0.1 ? `$${dollars.toFixed(2)}` : `$${Number(dollars.toPrecision(2))}`;
}

export function secondsText(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 0)} s`;
}

/** What a query took and costs, on one line. */
export function summaryText(status: QueryStatus, cost: QueryCost, isLocal: boolean): string {
  const parts = [
    `${status.state === "SUCCEEDED" ? "" : `${status.state}, `}${bytesText(cost.bytesScanned)} scanned`,
    status.reused ? "an earlier answer reused: free" : billedText(cost, isLocal),
    `${secondsText(status.totalMilliseconds)} (${secondsText(status.queueMilliseconds)} queued)`,
    `query ${status.queryExecutionId}`,
  ];
  return parts.join("; ");
}

function billedText({ billedBytes, dollars, region, price }: QueryCost, isLocal: boolean): string {
  if (billedBytes === 0) return "billed as nothing";
  const billed = `${isLocal ? "free here, on AWS " : ""}billed as ${bytesText(billedBytes)}`;
  if (dollars === undefined) return `${billed}, at a price that is not on file for ${region}`;
  return `${billed}, ${dollarsText(dollars)} in ${region} (price of ${price?.read ?? "no date"})`;
}
