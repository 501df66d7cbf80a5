/** A limit of API Gateway: so many requests a second in the long run, so many at once. */
export interface RateLimit {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** API Gateway's throttling (API Gateway guide, "Throttle requests": a token bucket). */
export class TokenBucket {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  /** @param now milliseconds; default: the clock. */
  constructor(limit: RateLimit, now: () => number = Date.now) {
    this.#limit = limit;
    this.#now = now;
    this.#tokens = limit.burst;
    this.#filledAt = now();
  }

  /** Takes a token. @returns whether there was one. */
  take(): boolean {
    const now = this.#now();
    const { ratePerSecond, burst } = this.#limit;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * ratePerSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
