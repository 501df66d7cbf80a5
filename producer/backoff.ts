export interface BackoffOptions {
  /** The longest first wait, in milliseconds. Default: 100. */
  readonly baseMilliseconds?: number | undefined;
  /** The longest wait at all, in milliseconds. Default: 10,000. */
  readonly capMilliseconds?: number | undefined;
  /** Numbers in [0, 1). Default: Math.random. */
  readonly random?: (() => number) | undefined;
}

/**
 * How long to wait after the `attempt`th try (from 1) failed: anything from nothing to a bound that doubles, so that
 * senders which failed together do not come back together (AWS Architecture Blog, "Exponential Backoff And Jitter",
 * full jitter).
 */
export function backoffMilliseconds(attempt: number, options: BackoffOptions = {}): number {
  const { baseMilliseconds = 100, capMilliseconds = 10_000, random = Math.random } = options;
  return random() * Math.min(capMilliseconds, baseMilliseconds * 2 ** (attempt - 1));
}
