/** Calls `onTime` once the oldest of what waits has waited long enough, though nothing more comes. */
export class Linger {
  readonly #milliseconds: number;
  readonly #onTime: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(milliseconds: number, onTime: () => Promise<void>) {
    this.#milliseconds = milliseconds;
    this.#onTime = onTime;
  }

  /** Something waits from now on; nothing changes when something did already. */
  start(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // What fails here fails again, and is seen, at the next add or at the end.
      this.#running = this.#onTime().catch(() => undefined);
    }, this.#milliseconds);
  }

  /** Does now what waits, without the wait. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
    await this.#onTime();
  }
}
