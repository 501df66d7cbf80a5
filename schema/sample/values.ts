import { type HiveType } from "../hive-type.ts";
import { numbersOf, type NumberHints } from "./numbers.ts";
import { Zipf, type Random } from "./random.ts";
import { textsOf } from "./texts.ts";
import { dayOf, timestampsLike } from "./times.ts";

/** Makes a value of a column for the event of an instant (milliseconds since 1970). */
export type MakeValue = (random: Random, instant: number) => unknown;

/** What a column's declaration says of its values. */
export interface ValueHints extends NumberHints {
  readonly values?: readonly unknown[] | undefined;
}

export interface SampleContext {
  /** Tells this sample's texts from another's. */
  readonly seed: string;
  /** How many events the sample has. */
  readonly count: number;
  readonly timeZone: string;
}

const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
/** How often a member of a map, an array or a struct is null. */
const nullShare = 0.05;
const mostElements = 3;
/** So many numbers for examples are a list, such as status codes; fewer say from where to where. */
const leastToPick = 3;
const keysOfMaps = ["key_1", "key_2", "key_3", "key_4", "key_5"];

/** Values of a type. */
export function valuesOf(name: string, type: HiveType, hints: ValueHints, context: SampleContext): MakeValue {
  if (hints.values) return oneOf(hints.values);
  switch (type.kind) {
    case "string":
      return hints.examples?.length ? oneOf(hints.examples) : textsOf(name, context.count, context.seed);
    case "boolean":
      return (random) => random.chance(0.5);
    case "date":
      return (random, instant) =>
        dayOf(instant - 90 * dayMilliseconds * random.next() ** 3, context.timeZone);
    case "timestamp": {
      const timestamp = timestampsLike(hints.examples?.[0]);
      return (random, instant) => timestamp(Math.floor(instant - hourMilliseconds * random.next() ** 3));
    }
    case "array": {
      const element = orNull(valuesOf(name, type.element, {}, context));
      return (random, instant) =>
        Array.from({ length: random.integer(0, mostElements) }, () => element(random, instant));
    }
    case "map": {
      const value = orNull(valuesOf(name, type.value, {}, context));
      return (random, instant) => {
        const first = random.integer(0, keysOfMaps.length - mostElements);
        const keys = keysOfMaps.slice(first, first + random.integer(1, mostElements));
        return Object.fromEntries(keys.map((key) => [key, value(random, instant)]));
      };
    }
    case "struct": {
      const fields = type.fields.map((field) => ({
        name: field.name,
        make: orNull(valuesOf(field.name, field.type, {}, context)),
      }));
      return (random, instant) =>
        Object.fromEntries(fields.map((field) => [field.name, field.make(random, instant)]));
    }
    default: {
      const { examples = [] } = hints;
      return examples.length >= leastToPick ? oneOf(examples) : numbersOf(name, type, hints);
    }
  }
}

/** One of a list, the first the likeliest. */
function oneOf(list: readonly unknown[]): MakeValue {
  const rank = new Zipf(list.length, 1);
  return (random) => list[rank.rank(random)];
}

function orNull(make: MakeValue): MakeValue {
  return (random, instant) => (random.chance(nullShare) ? null : make(random, instant));
}
