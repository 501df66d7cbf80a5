import type { DataCatalogTable } from "./error-lines.ts";
import type { OpenXOptions } from "./open-x.ts";
import type { ParquetCodec } from "./parquet-table.ts";
import type { Prefix } from "./prefix.ts";
import type { LogUnpacking } from "./unpack-logs.ts";
import type { TableColumn } from "./row-converter.ts";

/** A declared delivery stream, checked and with AWS's defaults. */
export interface DeliveryConfiguration {
  readonly name: string;
  /** Of the delivery stream, and of the stream that it reads. */
  readonly region: string;
  /** The account of its ARNs; zeros where no ARN of the plan names one. */
  readonly accountId: string;
  /** The declared stream that it reads; absent where its source is Direct PUT. */
  readonly streamName?: string;
  /** How records from CloudWatch Logs are unpacked; absent when they are taken as they are. */
  readonly unpacking?: LogUnpacking;
  readonly destination: Destination;
  /** From JSON to Parquet; absent when records are delivered as they are. */
  readonly conversion?: Conversion;
  /** Whether a newline follows each record that is delivered as it is. */
  readonly appendDelimiter: boolean;
  /** Where the records go as well, as they are. */
  readonly backup?: Destination;
  /** The declared inputs as text: what a change is measured by. */
  readonly fingerprint: string;
}

/** A bucket, and when and under which names objects are put into it. */
export interface Destination {
  readonly bucket: string;
  readonly prefix: Prefix;
  readonly errorPrefix: Prefix;
  readonly timeZone: string;
  /** Of object names, with its dot; may be empty. */
  readonly extension: string;
  readonly bufferingSizeMiB: number;
  readonly bufferingIntervalSeconds: number;
  /** What is declared, where the emulator gathers for a shorter time. */
  readonly declaredIntervalSeconds?: number;
  readonly compression: "UNCOMPRESSED" | "GZIP";
}

export interface Conversion {
  readonly columns: readonly TableColumn[];
  readonly openX: OpenXOptions;
  readonly codec: ParquetCodec;
  readonly dataCatalogTable: DataCatalogTable;
}
