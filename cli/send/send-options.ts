import { InvalidArgumentError } from "commander";

/** The options of `sluice send`. */
export interface SendCommandOptions {
  readonly pipeline?: string;
  readonly dataset?: string;
  readonly stack: string;
  readonly to: "kinesis" | "firehose" | "http";
  readonly url?: string;
  readonly apiKey?: string | undefined;
  readonly generate?: number;
  readonly seed: string;
  readonly malformedShare: number;
  readonly rate?: number;
  readonly from?: string;
  readonly follow?: boolean;
  readonly checkpoint?: string;
  readonly csv?: boolean;
  readonly invalid?: "pass-on" | "reject";
  readonly deadLetters?: string;
  readonly json?: boolean;
}

/** A whole number from 1. @throws {InvalidArgumentError} */
export function count(text: string): number {
  const value = Number(text.replaceAll("_", ""));
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError("write a whole number, 1 or more.");
}

/** A share from 0 to 1. @throws {InvalidArgumentError} */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("write a share from 0 to 1, such as 0.002.");
}

/** A number above 0. @throws {InvalidArgumentError} */
export function rate(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("write events a second, such as 100.");
}
