import type { Random } from "./random.ts";

/** How long a visitor stays on a page, on average. */
const thinkingMilliseconds = 45_000;
/** A visit ends after a pause of 30 minutes, by the usual definition of a session; we stop well before. */
const longestPauseMilliseconds = 25 * 60_000;

interface OpenVisit<Visit> {
  readonly visit: Visit;
  lastInstant: number;
}

/** Spreads events over visits: those of a visit come close together, others of other visits between them. */
export class Visits<Visit> {
  readonly #random: Random;
  readonly #begin: () => Visit;
  readonly #endChance: (visit: Visit) => number;
  readonly #open: OpenVisit<Visit>[] = [];
  #previousInstant: number | undefined;
  #gapMilliseconds = thinkingMilliseconds;

  /**
   * @param begin makes a new visit.
   * @param endChance how likely it is, 0-1, that a visit has ended when its next event would come. Default: 0.2.
   */
  constructor(random: Random, begin: () => Visit, endChance: (visit: Visit) => number = () => 0.2) {
    this.#random = random;
    this.#begin = begin;
    this.#endChance = endChance;
  }

  /** The visit to which the event of an instant (milliseconds since 1970, rising) belongs, and whether it is the first. */
  at(instant: number): { visit: Visit; isFirst: boolean } {
    // As many visits are open as makes the pause within one about the thinking time, at any rate of events.
    if (this.#previousInstant !== undefined) {
      this.#gapMilliseconds += 0.01 * (instant - this.#previousInstant - this.#gapMilliseconds);
    }
    this.#previousInstant = instant;
    const wanted = Math.max(1, Math.round(thinkingMilliseconds / Math.max(this.#gapMilliseconds, 0.01)));
    if (this.#open.length < wanted) return this.#start(this.#open.length, instant);

    const index = this.#random.integer(0, this.#open.length - 1);
    const open = this.#open[index]!;
    const pause = instant - open.lastInstant;
    if (pause > longestPauseMilliseconds || this.#random.chance(this.#endChance(open.visit))) {
      // The last takes its place, and the new one comes to the end.
      this.#open[index] = this.#open.at(-1)!;
      return this.#start(this.#open.length - 1, instant);
    }
    open.lastInstant = instant;
    return { visit: open.visit, isFirst: false };
  }

  #start(index: number, instant: number): { visit: Visit; isFirst: boolean } {
    const visit = this.#begin();
    this.#open[index] = { visit, lastInstant: instant };
    return { visit, isFirst: true };
  }
}
