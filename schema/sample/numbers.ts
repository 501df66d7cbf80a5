import { isInteger, rangeOf, type HiveType } from "../hive-type.ts";
import type { Random } from "./random.ts";
import { wordsOf } from "./texts.ts";

/** What a column's declaration says of its numbers. */
export interface NumberHints {
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly examples?: readonly unknown[] | undefined;
}

interface NumberKind {
  readonly least: number;
  readonly most: number;
  readonly decimals: number;
  /** 1: all are as likely. More: small ones are likelier. */
  readonly skew: number;
}

const usual: NumberKind = { least: 0, most: 1000, decimals: 2, skew: 3 };

/** What a name says for sure, as words joined by underscores. The first that fits is taken. */
const kinds: readonly (readonly [names: RegExp, kind: NumberKind])[] = [
  [
    /(^|_)(price|amount|total|subtotal|revenue|cost|fee|tax|discount|balance)(_|$)/,
    { least: 1, most: 500, decimals: 2, skew: 3 },
  ],
  [/(^|_)(quantity|count|items|units|attempts|retries)$/, { least: 1, most: 9, decimals: 0, skew: 3 }],
  [/(^|_)(lat|latitude)$/, { least: -60, most: 70, decimals: 5, skew: 1 }],
  [/(^|_)(lon|lng|longitude)$/, { least: -180, most: 180, decimals: 5, skew: 1 }],
  [/(^|_)(percent|percentage)$/, { least: 0, most: 100, decimals: 1, skew: 1 }],
  [/(^|_)(ratio|share|probability)$/, { least: 0, most: 1, decimals: 3, skew: 1 }],
];

/** Numbers of a type, within the range of the column, small ones likelier than large ones. */
export function numbersOf(name: string, type: HiveType, hints: NumberHints): (random: Random) => number {
  const words = wordsOf(name);
  const kind = ofExamples(hints.examples) ?? kinds.find(([names]) => names.test(words))?.[1] ?? usual;
  const { least, most } = bounds(kind, rangeOf(type), hints);
  const between = (random: Random) => {
    const share = random.next() ** kind.skew;
    return least * (1 - share) + most * share;
  };
  const within = (value: number) => Math.min(Math.max(value, least), most);
  if (isInteger(type)) return (random) => within(Math.round(between(random)));
  const decimals = type.kind === "decimal" ? Math.min(type.scale, kind.decimals) : kind.decimals;
  return (random) => within(Number(between(random).toFixed(decimals)));
}

/** Numbers like the examples: between the least and the greatest, with as many decimals. */
function ofExamples(examples: readonly unknown[] = []): NumberKind | undefined {
  const numbers = examples.filter((example) => typeof example === "number");
  if (numbers.length === 0) return undefined;
  const decimals = Math.max(...numbers.map((each) => /\.(\d+)$/.exec(String(each))?.[1]?.length ?? 0));
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  if (least < most) return { least, most, decimals, skew: 1 };
  return { least: Math.min(0, 2 * least), most: Math.max(0, 2 * most), decimals, skew: 1 };
}

/** The range that the declaration gives; where it leaves an end open, the usual one, moved into the range if need be. */
function bounds(
  kind: NumberKind,
  [typeLeast, typeMost]: readonly [number, number],
  { minimum = typeLeast, maximum = typeMost }: NumberHints,
): { least: number; most: number } {
  const span = kind.most - kind.least;
  const [lowest, highest] = [Math.max(minimum, typeLeast), Math.min(maximum, typeMost)];
  const declared = { least: minimum > typeLeast, most: maximum < typeMost };
  if (declared.least && declared.most) return { least: lowest, most: highest };
  if (declared.least) return { least: lowest, most: Math.min(Math.max(kind.most, lowest + span), highest) };
  if (declared.most) return { least: Math.max(Math.min(kind.least, highest - span), lowest), most: highest };
  return { least: Math.max(kind.least, lowest), most: Math.min(kind.most, highest) };
}
