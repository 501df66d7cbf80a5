import { Random, Zipf } from "./random.ts";

/** Makes the text of a rank: the same rank is always the same text. */
type TextOfRank = (rank: number, own: Random) => string;

interface TextKind {
  /** Which columns have such texts, by their name as words joined by underscores. */
  readonly names: RegExp;
  /** How many different ones there are in a sample of `count` events. */
  readonly size: (count: number) => number;
  readonly text: TextOfRank;
}

const countries = ["DE", "US", "FR", "GB", "NL", "ES", "IT", "PL", "AT", "CH", "SE", "BR", "IN", "JP"];
const currencies = ["EUR", "USD", "GBP", "CHF", "SEK"];
const languages = ["en", "de", "fr", "es", "it", "nl"];
const listed = (texts: readonly string[]): Pick<TextKind, "size" | "text"> => ({
  size: () => texts.length,
  text: (rank) => texts[rank]!,
});

/** A million events have no more different texts than that in a column: what is remembered of them stays small. */
const mostTexts = 50_000;
const someOf = (each: number) => (count: number) =>
  Math.min(Math.max(8, Math.round(count / each)), mostTexts);

/** What a name says for sure. The first that fits is taken. Names and addresses are those reserved for examples. */
const kinds: readonly TextKind[] = [
  {
    names: /(^|_)e?mail(_address)?$/,
    size: someOf(12),
    text: (rank) => `person${rank + 1}@example.com`,
  },
  {
    // 198.18.0.0/15 is reserved for benchmarks (RFC 2544): nobody's address.
    names: /(^|_)(ip|ip_address|ip_addr|remote_addr|remote_address)$/,
    size: someOf(12),
    text: (_rank, own) => `198.${18 + own.integer(0, 1)}.${own.integer(0, 255)}.${own.integer(1, 254)}`,
  },
  { names: /(^|_)country(_code)?$/, ...listed(countries) },
  { names: /(^|_)currency(_code)?$/, ...listed(currencies) },
  { names: /(^|_)(language|lang|locale)$/, ...listed(languages) },
  {
    names: /(^|_)(url|uri|href|link|referr?er)$/,
    size: () => 60,
    text: (rank) => `https://www.example.com/${rank === 0 ? "" : `page-${rank}`}`,
  },
  { names: /(^|_)(path|page)$/, size: () => 60, text: (rank) => (rank === 0 ? "/" : `/page-${rank}`) },
  { names: /(^|_)(id|uuid|guid|key|token|hash)$/, size: someOf(12), text: (_rank, own) => own.hex(16) },
];

/** `RemoteAddr`, `remote-addr` and `remote_addr` are the same words. */
export function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[\s-]/g, "_")
    .toLowerCase();
}

/**
 * Texts for a column without values and examples, a few of them much oftener than most (Zipf's law), so that what is
 * grouped by them looks real.
 * @param name the column's or the field's.
 * @param seed of this sample.
 */
export function textsOf(name: string, count: number, seed: string): (random: Random) => string {
  const words = wordsOf(name);
  const { size, text }: Pick<TextKind, "size" | "text"> = kinds.find(({ names }) => names.test(words)) ?? {
    size: () => 20,
    text: (rank) => `${words}_${rank + 1}`,
  };
  const rank = new Zipf(size(count), 1);
  const texts: string[] = [];
  return (random) => {
    const drawn = rank.rank(random);
    return (texts[drawn] ??= text(drawn, new Random(`${seed}/${name}/${drawn}`)));
  };
}
