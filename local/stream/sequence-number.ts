let lastMilliseconds = 0;
let counter = 0;

/**
 * A sequence number greater than all before it, of this run and of earlier ones: 56 digits as on AWS, made of the
 * milliseconds since 1970 and a counter.
 */
export function nextSequenceNumber(now: number): string {
  if (now > lastMilliseconds) {
    lastMilliseconds = now;
    counter = 0;
  }
  counter++;
  return `496${String(lastMilliseconds).padStart(20, "0")}${String(counter).padStart(33, "0")}`;
}
