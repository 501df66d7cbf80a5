import type { ConversionFailure } from "./conversion-failure.ts";
import type { SourceRecord } from "./record-source.ts";

/** The declared table, as Firehose names it in its error output. */
export interface DataCatalogTable {
  readonly catalogId: string;
  readonly databaseName: string;
  readonly tableName: string;
  readonly region: string;
  readonly versionId: string;
  readonly roleArn: string;
}

/**
 * One line of an error object: the members of real ones, in their order (aws-semantics 1.5). The documentation prints
 * errorCode and errorMessage where real objects have lastErrorCode and lastErrorMessage.
 */
export function errorLine(options: {
  record: SourceRecord;
  /** The document's place in the record. */
  index: number;
  rawData: Buffer;
  failure: ConversionFailure;
  table: DataCatalogTable;
  now: number;
}): string {
  const { record, index, rawData, failure, table, now } = options;
  return `${JSON.stringify({
    attemptsMade: 1,
    arrivalTimestamp: record.approximateArrivalTimestamp,
    lastErrorCode: failure.code,
    lastErrorMessage: failure.message,
    attemptEndingTimestamp: now,
    rawData: rawData.toString("base64"),
    sequenceNumber: record.sequenceNumber,
    subSequenceNumber: index,
    dataCatalogTable: table,
  })}\n`;
}

/**
 * One line of an error object for a record that could not be unpacked, the record as it came. AWS documents the folder,
 * not the members; these are those of other processors' failures (aws-semantics 1.6).
 */
export function unpackingErrorLine(record: SourceRecord, message: string, now: number): string {
  return `${JSON.stringify({
    rawData: record.data.toString("base64"),
    errorCode: "Decompression.Failed",
    errorMessage: message,
    attemptsMade: 1,
    arrivalTimestamp: record.approximateArrivalTimestamp,
    attemptEndingTimestamp: now,
  })}\n`;
}
