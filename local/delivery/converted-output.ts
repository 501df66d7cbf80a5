import { randomUUID } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ObjectStore } from "../lake/object-store.ts";
import { ConversionFailure, emptyRecord, malformedJson } from "./conversion-failure.ts";
import { deaggregate } from "./deaggregate.ts";
import type { Conversion, Destination } from "./delivery-configuration.ts";
import { errorLine, unpackingErrorLine } from "./error-lines.ts";
import { Failures } from "./failures.ts";
import { objectName } from "./object-key.ts";
import { OldestArrival, type Output, type StagedBuffer, type StagedObject } from "./output.ts";
import { ParquetTable } from "./parquet-table.ts";
import type { SourceRecord } from "./record-source.ts";
import { RowConverter } from "./row-converter.ts";
import { DecompressionFailure, unpackLogs, type LogUnpacking } from "./unpack-logs.ts";

/** Makes one Parquet object of a buffer, and one error object of its events that could not be converted. */
export class ConvertedOutput implements Output {
  readonly #name: string;
  readonly #destination: Destination;
  readonly #conversion: Conversion;
  readonly #store: ObjectStore;
  readonly #converter: RowConverter;
  readonly #table: ParquetTable;
  #records = 0;
  #events = 0;
  #bytes = 0;
  #oldestRow = new OldestArrival();
  readonly #unpacking: LogUnpacking | undefined;
  readonly #failedConversions = new Failures("format-conversion-failed");
  readonly #failedUnpackings = new Failures("decompression-failed");

  constructor(options: {
    deliveryStreamName: string;
    destination: Destination;
    conversion: Conversion;
    /** How records are unpacked first. Default: not at all. */
    unpacking?: LogUnpacking | undefined;
    store: ObjectStore;
    connection: DuckDBConnection;
  }) {
    this.#name = options.deliveryStreamName;
    this.#destination = options.destination;
    this.#conversion = options.conversion;
    this.#unpacking = options.unpacking;
    this.#store = options.store;
    this.#converter = new RowConverter(options.conversion.columns, options.conversion.openX);
    this.#table = new ParquetTable(
      options.connection,
      // Its own for each: two regions may use one name, and DuckDB takes no notice of upper and lower case.
      `buffer of ${options.deliveryStreamName} ${randomUUID()}`,
      options.conversion.columns,
    );
  }

  async clear(): Promise<void> {
    await this.#table.clear();
    this.#records = this.#events = this.#bytes = 0;
    this.#oldestRow = new OldestArrival();
    for (const failures of this.#failures) failures.clear();
  }

  add(record: SourceRecord): void {
    this.#records++;
    this.#bytes += record.data.length;
    if (!this.#unpacking) {
      this.#events += this.#convert(record, record.data);
      return;
    }
    try {
      const unpacked = unpackLogs(record.data, this.#unpacking);
      if (unpacked.length > 0) this.#events += this.#convert(record, unpacked);
    } catch (error) {
      if (!(error instanceof DecompressionFailure)) throw error;
      this.#events++;
      this.#failedUnpackings.add(record, unpackingErrorLine(record, error.message, Date.now()));
    }
  }

  /** @returns how many events the data holds; an empty record counts as one. */
  #convert(record: SourceRecord, data: Buffer): number {
    const documents = deaggregate(data, {
      document: (value, text, index) => {
        try {
          this.#table.add(this.#converter.rowOf(value, text));
          this.#oldestRow.add(record);
        } catch (error) {
          if (!(error instanceof ConversionFailure)) throw error;
          this.#fail(record, index, Buffer.from(text), error);
        }
      },
      malformed: (bytes, index, reason) => this.#fail(record, index, bytes, malformedJson(reason)),
    });
    if (documents === 0) this.#fail(record, 0, data, emptyRecord());
    return Math.max(documents, 1);
  }

  async stage(version: number): Promise<StagedBuffer> {
    const objects: StagedObject[] = [];
    const stageObject = async (key: string, write: (file: string) => Promise<void>) => {
      const file = await this.#store.temporaryFile();
      objects.push({ bucket: this.#destination.bucket, key, file });
      await write(file);
    };
    let parquetBytes = 0;
    try {
      if (this.#table.rowCount > 0) {
        const { instant } = this.#oldestRow;
        const { prefix, timeZone } = this.#destination;
        await stageObject(
          prefix({ instant, timeZone }) + this.#objectName(version, instant),
          async (file) => {
            await this.#table.writeTo(file, this.#conversion.codec);
            parquetBytes = (await stat(file)).size;
          },
        );
      }
      for (const { lines, instant, errorOutputType } of this.#failures) {
        if (lines.length === 0) continue;
        const { errorPrefix, timeZone } = this.#destination;
        const key =
          errorPrefix({ instant, timeZone, errorOutputType }) + this.#objectName(version, instant, "");
        await stageObject(key, (file) => writeFile(file, lines));
      }
    } catch (error) {
      for (const { file } of objects) await rm(file, { force: true });
      throw error;
    }
    return {
      objects,
      counts: {
        records: this.#records,
        events: this.#events,
        rows: this.#table.rowCount,
        failedEvents: this.#failures.reduce((sum, { lines }) => sum + lines.length, 0),
        objects: this.#table.rowCount > 0 ? 1 : 0,
        errorObjects: this.#failures.filter(({ lines }) => lines.length > 0).length,
        bytes: { json: this.#bytes, parquet: parquetBytes },
      },
    };
  }

  get #failures(): readonly Failures[] {
    return [this.#failedConversions, this.#failedUnpackings];
  }

  #fail(record: SourceRecord, index: number, rawData: Buffer, failure: ConversionFailure): void {
    const table = this.#conversion.dataCatalogTable;
    // What was unpacked goes to the error output as it came (Firehose guide, "Decompress CloudWatch Logs").
    const failed = this.#unpacking ? record.data : rawData;
    const line = errorLine({ record, index, rawData: failed, failure, table, now: Date.now() });
    this.#failedConversions.add(record, line);
  }

  #objectName(version: number, instant: Date, extension = this.#destination.extension): string {
    const { timeZone } = this.#destination;
    return objectName({ deliveryStreamName: this.#name, version, instant, timeZone, extension });
  }
}
