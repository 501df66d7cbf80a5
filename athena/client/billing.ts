import type { QueryStatus } from "./status.ts";
import { priceIn, type RegionPrice } from "./price.ts";

/**
 * AWS says MB and TB and not which. These are the decimal ones: they never make a query look cheaper than it is (by 5 %
 * for the megabyte and 10 % for the terabyte, were they binary).
 */
const megabyte = 1_000_000;
const terabyte = 1_000_000_000_000;
const leastBilledMegabytes = 10;

/** What a query costs. */
export interface QueryCost {
  readonly bytesScanned: number;
  readonly billedBytes: number;
  readonly region: string;
  /** Undefined where the region's price is not on file. */
  readonly dollars?: number | undefined;
  readonly price?: RegionPrice | undefined;
}

/** The bytes that a scan is billed as: rounded up to a megabyte, 10 MB at least (aws-semantics 2). */
export function billedBytesOf(bytesScanned: number): number {
  return Math.max(leastBilledMegabytes, Math.ceil(bytesScanned / megabyte)) * megabyte;
}

/**
 * What a query came to. DDL, SHOW and the like, failed queries and reused answers are free; a query that was cancelled,
 * at the cutoff too, is billed for what it scanned.
 */
export function costOf(
  status: Pick<QueryStatus, "state" | "bytesScanned" | "statementType" | "reused">,
  region: string,
): QueryCost {
  const { state, bytesScanned = 0, statementType, reused } = status;
  const free =
    state === "FAILED" ||
    reused ||
    (statementType !== undefined && statementType !== "DML") ||
    (state === "CANCELLED" && bytesScanned === 0);
  return priced(bytesScanned, free ? 0 : billedBytesOf(bytesScanned), region);
}

/** The most that a query can cost which is ended at a number of bytes scanned. */
export function costAtMost(bytesScannedCutoff: number, region: string): QueryCost {
  return priced(bytesScannedCutoff, billedBytesOf(bytesScannedCutoff), region);
}

function priced(bytesScanned: number, billedBytes: number, region: string): QueryCost {
  const price = priceIn(region);
  const dollars = price && (billedBytes / terabyte) * price.dollarsPerTerabyte;
  return { bytesScanned, billedBytes, region, dollars, price };
}
