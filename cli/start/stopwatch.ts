import type { JobReport } from "./report.ts";

type Station = Exclude<keyof JobReport["seconds"], "total">;

/** Measures the stations of the job. */
export class Stopwatch {
  readonly #started = performance.now();
  readonly #seconds: Record<Station, number> = { plan: 0, start: 0, send: 0, deliver: 0, query: 0 };

  async time<T>(station: Station, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.#seconds[station] += (performance.now() - started) / 1000;
    }
  }

  /** Seconds of each station so far, to the millisecond. */
  seconds(): JobReport["seconds"] {
    const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000;
    return {
      plan: rounded(this.#seconds.plan),
      start: rounded(this.#seconds.start),
      send: rounded(this.#seconds.send),
      deliver: rounded(this.#seconds.deliver),
      query: rounded(this.#seconds.query),
      total: rounded((performance.now() - this.#started) / 1000),
    };
  }
}
