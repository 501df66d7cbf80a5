/** The most different values that are listed. */
const mostListed = 20;
/** The most values that are compared to tell whether each is there once. */
const mostCompared = 100_000;
/** A longer text is neither an id nor one of a few values. */
const longestListed = 100;
/** So many repeats say that a column is no id. */
const mostRepeats = 1000;

/** How different the values of a key are, in bounded memory. */
export class Distinct {
  /** The first different values, with how often each is there. */
  readonly listed = new Map<string | number, number>();
  /** Whether there are more than are listed. */
  isMore = false;
  /** How many of the first 100,000 texts were there before; infinite where they are not compared. */
  repeats = 0;
  #seen: Set<string> | undefined;

  /** @param compares whether texts are compared, so that `repeats` is counted. */
  constructor(compares: boolean) {
    if (compares) this.#seen = new Set();
    else this.repeats = Infinity;
  }

  add(value: string | number): void {
    if (typeof value === "string" && value.length > longestListed) {
      this.isMore = true;
      return;
    }
    const count = this.listed.get(value);
    if (count !== undefined) this.listed.set(value, count + 1);
    else if (this.listed.size < mostListed) this.listed.set(value, 1);
    else this.isMore = true;
    if (!this.#seen || typeof value === "number") return;
    if (this.#seen.has(value)) this.repeats++;
    else this.#seen.add(value);
    if (this.repeats > mostRepeats || this.#seen.size >= mostCompared) this.#seen = undefined;
  }

  merge(other: Distinct): void {
    for (const [value, count] of other.listed) {
      const before = this.listed.get(value);
      if (before !== undefined || this.listed.size < mostListed)
        this.listed.set(value, (before ?? 0) + count);
      else this.isMore = true;
    }
    this.isMore ||= other.isMore;
    this.#seen = undefined;
    this.repeats = Infinity;
  }

  /** The listed values, the most frequent first. */
  byFrequency(): (string | number)[] {
    return [...this.listed].sort(([, a], [, b]) => b - a).map(([value]) => value);
  }
}
