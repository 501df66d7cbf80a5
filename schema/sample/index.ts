import type { Dataset } from "../dataset.ts";
import { dayRhythm } from "./day-rhythm.ts";
import type { MakeGenerator } from "./generator.ts";
import { malformedLine } from "./malformed.ts";
import { Random } from "./random.ts";
import { columnsGenerator } from "./columns.ts";

export interface GenerateOptions {
  /** How many events, malformed ones included. */
  readonly count: number;
  /** The same seed, count, share and `until` give the same bytes. Default: 1. */
  readonly seed?: number | string | undefined;
  /** The share of malformed events, 0-1. Exactly `round(count * malformedShare)` are. Default: 0. */
  readonly malformedShare?: number | undefined;
  /** The sample covers the 24 hours before. Default: now. */
  readonly until?: Date | undefined;
  /** What makes the events. Default: the columns alone say what is plausible. */
  readonly make?: MakeGenerator | undefined;
}

export interface GeneratedEvent {
  /** One line of JSON, without its newline. */
  readonly line: string;
  /** Whether it becomes a row; else it ends in the error output. */
  readonly wellFormed: boolean;
}

/**
 * A realistic sample of a dataset's events, in order of time, made one by one: a sample of any size takes the memory
 * of the sessions that are open.
 * @throws {Error} when a number is out of its limits.
 */
export function generateEvents(dataset: Dataset, options: GenerateOptions): Iterable<GeneratedEvent> {
  const { count, seed = 1, malformedShare = 0, until = new Date() } = options;
  if (!Number.isSafeInteger(count) || count < 0)
    throw new Error(`count ${count}: use a whole number from 0 up.`);
  if (!(malformedShare >= 0 && malformedShare <= 1)) {
    throw new Error(`malformedShare ${malformedShare}: use a share from 0 to 1, such as 0.002.`);
  }
  const { make = columnsGenerator(dataset) } = options;
  return generate(dataset, make, { count, seed, malformedShare, until });
}

function* generate(
  dataset: Dataset,
  make: MakeGenerator,
  {
    count,
    seed,
    malformedShare,
    until,
  }: Pick<GenerateOptions, "count"> & { seed: number | string; malformedShare: number; until: Date },
): Generator<GeneratedEvent> {
  // Three sources of chance: another share of malformed events leaves times and visitors as they are.
  const times = dayRhythm(count, until, dataset.timeZone, new Random(`${seed}/time`));
  const spoiling = new Random(`${seed}/malformed`);
  const generator = make(new Random(`${seed}/${dataset.name}`), count);

  let toSpoil = Math.round(count * malformedShare);
  let left = count;
  for (const instant of times) {
    const event = generator.next(instant);
    const spoil = spoiling.chance(toSpoil / left);
    left--;
    if (spoil) toSpoil--;
    yield spoil
      ? { line: malformedLine(event, generator.unconvertible, spoiling), wellFormed: false }
      : { line: JSON.stringify(event), wellFormed: true };
  }
}
