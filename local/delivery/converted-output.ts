import { rm, stat, writeFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ObjectStore } from "../lake/object-store.ts";
import { ConversionFailure, emptyRecord, malformedJson } from "./conversion-failure.ts";
import { deaggregate } from "./deaggregate.ts";
import type { Conversion, Destination } from "./delivery-configuration.ts";
import { errorLine } from "./error-lines.ts";
import { objectName } from "./object-key.ts";
import { OldestArrival, type Output, type StagedBuffer, type StagedObject } from "./output.ts";
import { ParquetTable } from "./parquet-table.ts";
import type { SourceRecord } from "./record-source.ts";
import { RowConverter } from "./row-converter.ts";

/** The error-output-type of events that don't fit the table (aws-semantics 1.5). */
const errorOutputType = "format-conversion-failed";

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
  #oldestFailure = new OldestArrival();
  #errorLines: string[] = [];

  constructor(options: {
    deliveryStreamName: string;
    destination: Destination;
    conversion: Conversion;
    store: ObjectStore;
    connection: DuckDBConnection;
  }) {
    this.#name = options.deliveryStreamName;
    this.#destination = options.destination;
    this.#conversion = options.conversion;
    this.#store = options.store;
    this.#converter = new RowConverter(options.conversion.columns, options.conversion.openX);
    this.#table = new ParquetTable(
      options.connection,
      `buffer of ${options.deliveryStreamName}`,
      options.conversion.columns,
    );
  }

  async clear(): Promise<void> {
    await this.#table.clear();
    this.#records = this.#events = this.#bytes = 0;
    this.#oldestRow = new OldestArrival();
    this.#oldestFailure = new OldestArrival();
    this.#errorLines = [];
  }

  add(record: SourceRecord): void {
    const documents = deaggregate(record.data, {
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
    if (documents === 0) this.#fail(record, 0, record.data, emptyRecord());
    this.#records++;
    this.#events += Math.max(documents, 1);
    this.#bytes += record.data.length;
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
      if (this.#errorLines.length > 0) {
        const { instant } = this.#oldestFailure;
        const { errorPrefix, timeZone } = this.#destination;
        const key =
          errorPrefix({ instant, timeZone, errorOutputType }) + this.#objectName(version, instant, "");
        await stageObject(key, (file) => writeFile(file, this.#errorLines));
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
        failedEvents: this.#errorLines.length,
        objects: this.#table.rowCount > 0 ? 1 : 0,
        errorObjects: this.#errorLines.length > 0 ? 1 : 0,
        bytes: { json: this.#bytes, parquet: parquetBytes },
      },
    };
  }

  #fail(record: SourceRecord, index: number, rawData: Buffer, failure: ConversionFailure): void {
    const table = this.#conversion.dataCatalogTable;
    this.#errorLines.push(errorLine({ record, index, rawData, failure, table, now: Date.now() }));
    this.#oldestFailure.add(record);
  }

  #objectName(version: number, instant: Date, extension = this.#destination.extension): string {
    const { timeZone } = this.#destination;
    return objectName({ deliveryStreamName: this.#name, version, instant, timeZone, extension });
  }
}
