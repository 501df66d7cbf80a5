import type { ResultColumn } from "./execution.ts";

/**
 * The `.csv.metadata` file beside a result: the columns as a protocol buffer. Athena does not document it; the numbers of
 * its fields are those that the open JDBC driver of Burt reads (burtcorp/athena-jdbc, AthenaMetaDataParser).
 */
export function metadataFile(columns: readonly ResultColumn[]): Buffer {
  return Buffer.concat(columns.map((column) => bytesField(4, columnMessage(column))));
}

const nullableUnknown = 3;

function columnMessage(column: ResultColumn): Buffer {
  return Buffer.concat([
    bytesField(1, Buffer.from("hive")),
    bytesField(4, Buffer.from(column.name)),
    bytesField(5, Buffer.from(column.name)),
    bytesField(6, Buffer.from(column.type)),
    numberField(7, column.precision),
    numberField(8, column.scale),
    numberField(9, nullableUnknown),
    numberField(10, column.caseSensitive ? 1 : 0),
  ]);
}

function bytesField(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function numberField(number: number, value: number): Buffer {
  return Buffer.concat([varint(number << 3), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
