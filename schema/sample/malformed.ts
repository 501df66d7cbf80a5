import type { Generator } from "./generator.ts";
import type { Random } from "./random.ts";

/**
 * One event, spoilt in a way that really happens: a connection that broke in the middle of the JSON, a text where the
 * column is a number or a time, or no JSON at all. Each ends in Firehose's error output (aws-semantics 1.5).
 */
export function malformedLine(
  event: Record<string, unknown>,
  unconvertible: Generator["unconvertible"],
  random: Random,
): string {
  const line = JSON.stringify(event);
  const kind = random.weighted<"cut off" | "wrong type" | "not JSON">([
    ["cut off", 5],
    ["wrong type", unconvertible.length > 0 ? 4 : 0],
    ["not JSON", 1],
  ]);
  if (kind === "not JSON") return "<html><body><h1>503 Service Unavailable</h1></body></html>";
  if (kind === "wrong type") {
    const [column, value] = random.pick(unconvertible);
    return JSON.stringify({ ...event, [column]: value });
  }
  // At least the opening brace stays, at most all but the closing one.
  return line.slice(0, random.integer(1, line.length - 1)).trimEnd();
}
