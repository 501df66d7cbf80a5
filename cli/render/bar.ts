const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A bar for a number, in steps of an eighth of a character; negative numbers are drawn lighter.
 * @param largest the number, without its sign, that fills the width.
 */
export function barOf(value: number, largest: number, width: number): string {
  if (!Number.isFinite(value) || largest <= 0 || value === 0) return "";
  const share = Math.min(1, Math.abs(value) / largest);
  if (value < 0) return "░".repeat(Math.max(1, Math.round(share * width)));
  const steps = Math.max(1, Math.round(share * width * 8));
  return "█".repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? "");
}

/** The largest of the numbers without their signs; 0 for none. */
export function largestOf(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) {
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}
