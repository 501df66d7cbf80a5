import type { Dataset } from "../../schema/dataset.ts";
import { expandInputs, inputEvents, standardInput, streamEvents } from "../../producer/sources/inputs.ts";
import { sampleEvents } from "../../producer/sources/fixture.ts";
import { openFile } from "../../producer/sources/open-bytes.ts";
import { paced } from "../../producer/sources/paced.ts";
import type { SourceEvents } from "../../producer/sources/source-event.ts";
import { currentProjectFolder } from "../../plan/evaluate.ts";
import { UserError } from "../user-error.ts";
import { deadLetters } from "./dead-letters.ts";
import type { FoundSource } from "./found-source.ts";
import type { SendCommandOptions } from "./send-options.ts";

/**
 * Refuses what can be no source, before anything else is looked for.
 * @returns the inputs, globs expanded.
 * @throws {UserError} when the arguments and options mean nothing, or two things. {InputError} for a file that is not there.
 */
export async function checkSource(
  inputs: readonly string[],
  { generate, from, follow }: SendCommandOptions,
): Promise<string[]> {
  const named = [
    inputs.length > 0 && "files",
    generate !== undefined && "--generate",
    from !== undefined && "--from",
  ];
  const given = named.filter((name) => name !== false);
  if (given.length > 1) throw new UserError(`${given.join(" and ")} are two sources. Give one.`);
  if (given.length === 0) {
    throw new UserError("nothing to send: name files, - for standard input, or --generate <count>.");
  }
  if (inputs.includes(standardInput)) {
    if (inputs.length > 1)
      throw new UserError("- is standard input and stands alone. Send files in another call.");
    return [...inputs];
  }
  if (from !== undefined) await (await openFile(from)).close();
  const files = await expandInputs(inputs);
  if (follow !== true) await Promise.all(files.map(async (file) => (await openFile(file)).close()));
  return files;
}

/**
 * The source that the arguments and options mean: a generated sample, a dead-letter file, standard input, or files.
 * @param inputs as `checkSource` gave them.
 * @throws {InputError} when a file cannot be sent.
 */
export async function findSource(
  inputs: readonly string[],
  dataset: Dataset,
  options: SendCommandOptions,
  signal: AbortSignal,
): Promise<FoundSource> {
  const { generate, from } = options;
  if (generate !== undefined) return found(await sample(dataset, generate, options, signal));
  if (from !== undefined) {
    return deadLetters(from);
  }
  if (inputs.includes(standardInput)) {
    // Ctrl-C ends the input, so that what came is still sent.
    signal.addEventListener("abort", () => process.stdin.destroy(), { once: true });
    return found(untilAborted(streamEvents(process.stdin, dataset, { csv: options.csv }), signal));
  }
  return found(await inputEvents(inputs, dataset));
}

function found(events: SourceEvents): FoundSource {
  return { open: () => events, done: () => Promise.resolve() };
}

async function sample(
  dataset: Dataset,
  howMany: number,
  options: SendCommandOptions,
  signal: AbortSignal,
): Promise<SourceEvents> {
  const { seed, malformedShare, rate } = options;
  const events = await sampleEvents(
    dataset,
    currentProjectFolder(),
    { count: howMany, seed, malformedShare },
    howMany,
  );
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
