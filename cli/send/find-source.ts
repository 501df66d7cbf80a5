import type { Dataset } from "../../schema/dataset.ts";
import { generateEvents } from "../../schema/sample/index.ts";
import { expandInputs, inputEvents, standardInput, streamEvents } from "../../producer/sources/inputs.ts";
import { paced } from "../../producer/sources/paced.ts";
import type { SourceEvents } from "../../producer/sources/source-event.ts";
import { UserError } from "../user-error.ts";
import { deadLetters } from "./dead-letters.ts";
import type { FoundSource } from "./found-source.ts";
import type { SendCommandOptions } from "./send-options.ts";

/**
 * The source that the arguments and options mean: a generated sample, a dead-letter file, standard input, or files.
 * @throws {UserError} when they mean nothing, or two things. {InputError} when a file cannot be sent.
 */
export async function findSource(
  inputs: readonly string[],
  dataset: Dataset,
  options: SendCommandOptions,
  signal: AbortSignal,
): Promise<FoundSource> {
  const { generate, from } = options;
  const named = [
    inputs.length > 0 && "files",
    generate !== undefined && "--generate",
    from !== undefined && "--from",
  ];
  const given = named.filter((name) => name !== false);
  if (given.length > 1) throw new UserError(`${given.join(" and ")} are two sources. Give one.`);
  if (generate !== undefined) return found(sample(dataset, generate, options, signal));
  if (from !== undefined) {
    return deadLetters(from);
  }
  if (inputs.includes(standardInput)) {
    if (inputs.length > 1)
      throw new UserError("- is standard input and stands alone. Send files in another call.");
    // Ctrl-C ends the input, so that what came is still sent.
    signal.addEventListener("abort", () => process.stdin.destroy(), { once: true });
    return found(untilAborted(streamEvents(process.stdin, dataset, { csv: options.csv }), signal));
  }
  if (inputs.length > 0) return found(await inputEvents(await expandInputs(inputs), dataset));
  throw new UserError("nothing to send: name files, - for standard input, or --generate <count>.");
}

function found(events: SourceEvents): FoundSource {
  return { open: () => events, done: () => Promise.resolve() };
}

function sample(
  dataset: Dataset,
  howMany: number,
  options: SendCommandOptions,
  signal: AbortSignal,
): SourceEvents {
  const { seed, malformedShare, rate } = options;
  const events = generateEvents(dataset, { count: howMany, seed, malformedShare });
  return rate === undefined ? events : paced(events, rate, signal);
}

/** The events until the input was destroyed by an abort: that is an end, not a failure. */
async function* untilAborted<T>(events: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  try {
    yield* events;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
