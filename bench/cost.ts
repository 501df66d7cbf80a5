import { sendingCost, totalDollars, type SendingCost } from "../producer/cost/billing.ts";
import { defaultRecordBytes } from "../producer/pack.ts";

/** The mean size of an event of the real access log as JSON, in bytes. */
const eventBytes = 323;
const events = 1_000_000_000;

/** What a billion events cost on their way through Kinesis and Firehose, and the same as lines to print. */
export interface CostBench {
  readonly packed: SendingCost;
  readonly naive: SendingCost;
  readonly timesFirehose: number;
  /** What goes in is billed by Kinesis, what Firehose reads is not counted. */
  readonly timesIngestion: number;
  readonly timesTotal: number;
  readonly lines: readonly string[];
}

/**
 * The cost of a billion events of 323 bytes by the documented rules (producer/cost/prices.json), packed and as one record
 * each. Goals: Firehose at least 14 times cheaper, on-demand Kinesis and Firehose together at least 7 times.
 */
export function benchCost(): CostBench {
  const eventsPerRecord = Math.floor(defaultRecordBytes / (eventBytes + 1));
  const packed = sendingCost(events / eventsPerRecord, eventsPerRecord * (eventBytes + 1));
  const naive = sendingCost(events, eventBytes);
  const firehose = (cost: SendingCost) => cost.firehoseIngestionDollars + cost.firehoseConversionDollars;
  const ingestion = (cost: SendingCost) => firehose(cost) + cost.kinesisInDollars;
  const times = (of: (cost: SendingCost) => number) => of(naive) / of(packed);

  const row = (name: string, of: (cost: SendingCost) => number) =>
    `  ${name.padEnd(44)} ${of(naive).toFixed(2).padStart(9)} ${of(packed).toFixed(2).padStart(9)} ${times(of).toFixed(1).padStart(7)}`;
  return {
    packed,
    naive,
    timesFirehose: times(firehose),
    timesIngestion: times(ingestion),
    timesTotal: times(totalDollars),
    lines: [
      `A billion events of ${eventBytes} bytes, us-east-1, US dollars; packed: ${eventsPerRecord} in a record`,
      `  ${"".padEnd(44)} ${"naive".padStart(9)} ${"packed".padStart(9)} ${"times".padStart(7)}`,
      row("Kinesis on-demand, in (1 KB steps)", (cost) => cost.kinesisInDollars),
      row("Kinesis on-demand, out (read by Firehose)", (cost) => cost.kinesisOutDollars),
      row("Firehose ingestion (5 KB steps)", (cost) => cost.firehoseIngestionDollars),
      row("Firehose conversion to Parquet (5 KB steps)", (cost) => cost.firehoseConversionDollars),
      row("Firehose (goal 14)", firehose),
      row("Kinesis in and Firehose (goal 7)", ingestion),
      row("all of it", totalDollars),
    ],
  };
}

if (import.meta.main) console.log(benchCost().lines.join("\n"));
