import type { Dataset, Granularity } from "./dataset.ts";
import { partitionColumn } from "./dataset.ts";
import { isEverEastOfUtc, wallClock } from "./time-zone.ts";

/**
 * Where a dataset's objects lie and how Athena finds them: one object, because a projection that does not match the
 * prefix returns zero rows and no error (aws-semantics 4.5).
 */
export interface Layout {
  /** Firehose prefix of the Parquet objects, with its timestamp expression. */
  readonly prefix: string;
  /** Firehose prefix of events that could not be delivered: outside of the data, by kind of error. */
  readonly errorOutputPrefix: string;
  /** The folder of the bucket that the table reads. */
  readonly dataFolder: string;
  /** The folder of the bucket that holds the error output. */
  readonly errorFolder: string;
  /** The table's partition keys. */
  readonly partitionKeys: readonly { name: string; type: "string"; comment: string }[];
  /** The Glue table's parameters that let Athena compute the partitions, for the bucket that holds the data. */
  readonly projectionParameters: (bucket: string) => Record<string, string>;
  /** The partition into which an object goes whose oldest event arrived at `instant`. */
  readonly partitionOf: (instant: Date) => string;
  /** The first and last partition that can hold an event that arrived in the period (both inclusive). */
  readonly partitionsOf: (period: Period) => { first: string; last: string };
  /** The predicate that makes Athena read just the partitions of a period of arrival. */
  readonly whereClause: (period: Period) => string;
}

/** From the first to the last instant, both inclusive. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** Java's date pattern, its length in our own `yyyy-MM-dd-HH`, and the projection's step, for each granularity. */
const formats: Record<Granularity, { pattern: string; unit: "HOURS" | "DAYS" | "MONTHS" }> = {
  // yyyy, never YYYY: that is the year of the week, another one around New Year.
  hour: { pattern: "yyyy-MM-dd-HH", unit: "HOURS" },
  day: { pattern: "yyyy-MM-dd", unit: "DAYS" },
  month: { pattern: "yyyy-MM", unit: "MONTHS" },
};

/**
 * The longest that an event waits in Firehose's buffer. An object stands in the partition of its oldest event's
 * arrival, so an event can be found that much before its own arrival (aws-semantics 1.2, 1.8).
 */
const longestBufferingMilliseconds = 900_000;

/**
 * Where clocks go back, a later instant can stand in an earlier hour: by an hour in Pacific/Chatham (from 03:45), by two
 * in Antarctica/Troll. So the hours of a period need not begin at its start nor end at its end. Steps of a quarter of an
 * hour find every hour, because clocks differ from UTC by whole quarters.
 */
const clocksGoBackMilliseconds = Array.from({ length: 9 }, (_, quarters) => quarters * 900_000);

/** The layout of a dataset. Pure: the same dataset gives the same layout. */
export function layoutOf(dataset: Pick<Dataset, "timeZone" | "partitioning" | "since">): Layout {
  const { pattern, unit } = formats[dataset.partitioning];
  const dataFolder = "data/";
  const errorFolder = "errors/";
  const expression = `${partitionColumn}=!{timestamp:${pattern}}/`;
  // NOW is UTC in a projection, the prefix follows the dataset's clock: tomorrow has begun in the east already.
  const end = isEverEastOfUtc(dataset.timeZone, dataset.since) ? "NOW+1DAYS" : "NOW";
  const start = `${dataset.since}-00`.slice(0, pattern.length);

  const partitionOf = (instant: Date) => {
    const { year, month, day, hour } = wallClock(instant, dataset.timeZone);
    const two = (n: number) => String(n).padStart(2, "0");
    return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}-${two(hour)}`.slice(0, pattern.length);
  };
  const partitionsNear = (instant: number) =>
    clocksGoBackMilliseconds.map((milliseconds) => partitionOf(new Date(instant + milliseconds))).sort();
  const partitionsOf = ({ from, to }: Period) => ({
    first: partitionsNear(from.getTime() - longestBufferingMilliseconds)[0]!,
    last: partitionsNear(to.getTime() - clocksGoBackMilliseconds.at(-1)!).at(-1)!,
  });

  return {
    prefix: `${dataFolder}${expression}`,
    errorOutputPrefix: `${errorFolder}!{firehose:error-output-type}/${expression}`,
    dataFolder,
    errorFolder,
    partitionKeys: [
      {
        name: partitionColumn,
        type: "string",
        comment: `The ${dataset.partitioning} of arrival, ${pattern} in ${dataset.timeZone}`,
      },
    ],
    projectionParameters: (bucket) => ({
      "projection.enabled": "true",
      [`projection.${partitionColumn}.type`]: "date",
      [`projection.${partitionColumn}.format`]: pattern,
      [`projection.${partitionColumn}.range`]: `${start},${end}`,
      [`projection.${partitionColumn}.interval`]: "1",
      [`projection.${partitionColumn}.interval.unit`]: unit,
      "storage.location.template": `s3://${bucket}/${dataFolder}${partitionColumn}=\${${partitionColumn}}/`,
    }),
    partitionOf,
    partitionsOf,
    whereClause: (period) => {
      const { first, last } = partitionsOf(period);
      return `${partitionColumn} BETWEEN '${first}' AND '${last}'`;
    },
  };
}
