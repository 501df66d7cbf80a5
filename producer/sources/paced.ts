import { setTimeout as wait } from "node:timers/promises";
import type { SourceEvent } from "./source-event.ts";

/**
 * Hands out events at a steady rate, a few at a time.
 * @param eventsPerSecond above 0.
 * @param signal ends it early.
 */
export async function* paced<Event extends SourceEvent>(
  events: Iterable<Event> | AsyncIterable<Event>,
  eventsPerSecond: number,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const started = performance.now();
  let handedOut = 0;
  for await (const event of events) {
    const due = started + (handedOut / eventsPerSecond) * 1000;
    const early = due - performance.now();
    // Timers are no finer than milliseconds: wait for some events at once.
    if (early > 10) await wait(early, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    handedOut++;
    yield event;
  }
}
