import prices from "./prices.json" with { type: "json" };

const gigabyte = 1_000_000_000;
const kilobyte = 1_024;

/** How the records of a sending are billed. */
export interface SendingCost {
  readonly kinesisInDollars: number;
  readonly kinesisOutDollars: number;
  readonly firehoseIngestionDollars: number;
  readonly firehoseConversionDollars: number;
}

/** Bytes that Firehose bills for a record: rounded up to 5 KB (aws-semantics 2). */
export function firehoseBilledBytes(recordBytes: number): number {
  return roundedUp(recordBytes, 5 * kilobyte);
}

/** Bytes that on-demand Kinesis bills for a record on its way in: rounded up to 1 KB (aws-semantics 2). */
export function kinesisBilledBytes(recordBytes: number): number {
  return roundedUp(recordBytes, kilobyte);
}

/** What `records` records of `recordBytes` bytes each cost on their way through on-demand Kinesis and Firehose. */
export function sendingCost(records: number, recordBytes: number): SendingCost {
  const { firehose, kinesisOnDemand } = prices;
  const firehoseGigabytes = (records * firehoseBilledBytes(recordBytes)) / gigabyte;
  return {
    kinesisInDollars: ((records * kinesisBilledBytes(recordBytes)) / gigabyte) * kinesisOnDemand.inPerGb,
    kinesisOutDollars: ((records * recordBytes) / gigabyte) * kinesisOnDemand.outPerGb,
    firehoseIngestionDollars: firehoseGigabytes * firehose.ingestionPerGb,
    firehoseConversionDollars: firehoseGigabytes * firehose.conversionPerGb,
  };
}

/** The sum of a sending's cost. */
export function totalDollars(cost: SendingCost): number {
  const { kinesisInDollars, kinesisOutDollars, firehoseIngestionDollars, firehoseConversionDollars } = cost;
  return kinesisInDollars + kinesisOutDollars + firehoseIngestionDollars + firehoseConversionDollars;
}

function roundedUp(bytes: number, step: number): number {
  return Math.ceil(bytes / step) * step;
}
