import type { Buffered } from "../../local/delivery/delivery-loop.ts";
import type { DeliveryStreamSummary } from "../../local/emulator.ts";

type Buffering = Pick<
  DeliveryStreamSummary,
  "bufferingIntervalSeconds" | "bufferingSizeMiB" | "declaredBufferingIntervalSeconds"
>;

/** What is waited for while events are delivered, and how long. @param waiting events that were sent and are not delivered. */
export function deliveringText(
  waiting: number,
  { millisecondsToDelivery }: Buffered,
  { bufferingIntervalSeconds, bufferingSizeMiB }: Buffering,
): string {
  const rule = `Firehose gathers up to ${bufferingIntervalSeconds} s or ${bufferingSizeMiB} MiB`;
  // Nothing is gathered before the first record is read; from then on the time runs.
  const next =
    millisecondsToDelivery === undefined
      ? `next delivery within ${clock(bufferingIntervalSeconds * 1000)}`
      : millisecondsToDelivery > 0
        ? `next delivery in ${clock(millisecondsToDelivery)}`
        : "delivering now";
  return `${rule}; ${next} (${waiting.toLocaleString("en-US")} events waiting)`;
}

/** Says that the emulator does not gather as long as is declared; undefined where it does. */
export function shorteningText(streams: readonly Buffering[], here: number | undefined): string | undefined {
  const declared = streams
    .filter((stream) => stream.declaredBufferingIntervalSeconds > stream.bufferingIntervalSeconds)
    .map((stream) => `${stream.declaredBufferingIntervalSeconds} s`);
  if (declared.length === 0 || here === undefined) return undefined;
  return (
    `Firehose's buffering interval of ${[...new Set(declared)].join(" or ")} is shortened to ${here} s here; ` +
    "--buffering-interval declared keeps it."
  );
}

/** `4:12` of 252,000 milliseconds, rounded up. */
function clock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
