import { open } from "node:fs/promises";

/** Rows of a result file, and where the next ones start. */
export interface ResultPage {
  readonly rows: (string | null)[][];
  /** Absent behind the last row. */
  readonly nextOffset?: number;
}

const chunkBytes = 256 * 1024;

/**
 * Reads at most `count` rows of a CSV result from a byte offset on: so much of the file as they need, no more.
 * @throws {Error} ENOENT when the file is gone.
 */
export async function readCsvPage(path: string, offset: number, count: number): Promise<ResultPage> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    let bytes: Buffer<ArrayBuffer> = Buffer.alloc(0);
    let end = offset;
    const rows: (string | null)[][] = [];
    let used = 0;
    for (;;) {
      const parsed = parseRows(bytes, used, count - rows.length);
      rows.push(...parsed.rows);
      used = parsed.end;
      if (rows.length === count || end >= size) break;
      const chunk = Buffer.alloc(Math.min(chunkBytes, size - end));
      await file.read(chunk, 0, chunk.length, end);
      end += chunk.length;
      bytes = Buffer.concat([bytes.subarray(used), chunk]);
      offset += used;
      used = 0;
    }
    const next = offset + used;
    return next < size ? { rows, nextOffset: next } : { rows };
  } finally {
    await file.close();
  }
}

/** The lines of a text result, as rows of one value. */
export async function readTextPage(path: string, offset: number, count: number): Promise<ResultPage> {
  const file = await open(path, "r");
  try {
    const text = (await file.readFile()).subarray(offset).toString("utf8");
    const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
    const page = lines.slice(0, count);
    const rows = page.map((line) => [line]);
    if (lines.length <= count) return { rows };
    return { rows, nextOffset: offset + Buffer.byteLength(page.map((line) => `${line}\n`).join("")) };
  } finally {
    await file.close();
  }
}

const [quote, comma, newline] = [0x22, 0x2c, 0x0a];

/** The whole rows in `bytes` from `start` on, `limit` at most. */
function parseRows(bytes: Buffer, start: number, limit: number): { rows: (string | null)[][]; end: number } {
  const rows: (string | null)[][] = [];
  let position = start;
  while (rows.length < limit) {
    const row = parseRow(bytes, position);
    if (!row) break;
    rows.push(row.values);
    position = row.end;
  }
  return { rows, end: position };
}

function parseRow(bytes: Buffer, start: number): { values: (string | null)[]; end: number } | undefined {
  const values: (string | null)[] = [];
  let position = start;
  for (;;) {
    let value: string | null = null;
    if (bytes[position] === quote) {
      let close = bytes.indexOf(quote, position + 1);
      while (close >= 0 && bytes[close + 1] === quote) close = bytes.indexOf(quote, close + 2);
      if (close < 0 || close + 1 >= bytes.length) return undefined;
      value = bytes.toString("utf8", position + 1, close).replaceAll('""', '"');
      position = close + 1;
    }
    values.push(value);
    const end = bytes[position];
    if (end === newline) return { values, end: position + 1 };
    if (end !== comma) return undefined;
    position++;
  }
}
