import { standardInput } from "../../producer/sources/inputs.ts";
import { UserError } from "../user-error.ts";
import type { SendCommandOptions } from "./send-options.ts";

/**
 * Refuses options that would do nothing.
 * @param isGiven whether an option stands in the call, and is no default.
 * @throws {UserError} naming the option, and what it goes with.
 */
export function refuseIdleOptions(
  inputs: readonly string[],
  options: SendCommandOptions,
  isGiven: (name: keyof SendCommandOptions) => boolean,
): void {
  const { follow, generate, to } = options;
  if (follow === true) {
    const isOneFile = inputs.length === 1 && inputs[0] !== standardInput;
    if (!isOneFile || isGiven("generate") || isGiven("from")) {
      throw new UserError("--follow goes with one file, and with no other source.");
    }
  }
  const rules: [name: keyof SendCommandOptions, flag: string, goesWith: string, isThere: boolean][] = [
    ["rate", "--rate", "--generate", generate !== undefined],
    ["seed", "--seed", "--generate", generate !== undefined],
    ["malformedShare", "--malformed-share", "--generate", generate !== undefined],
    ["checkpoint", "--checkpoint", "--follow", follow === true],
    [
      "csv",
      "--csv",
      "- (standard input); a file is CSV by its name, .csv or .tsv",
      inputs.includes(standardInput),
    ],
    ["url", "--url", `--to http, not with --to ${to}`, to === "http"],
    ["apiKey", "--api-key", `--to http, not with --to ${to}`, to === "http"],
  ];
  for (const [name, flag, goesWith, isThere] of rules) {
    if (isGiven(name) && !isThere) throw new UserError(`${flag} goes with ${goesWith}.`);
  }
}
