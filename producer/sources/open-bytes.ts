import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { PassThrough, Readable, Writable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "./input-error.ts";

/**
 * Checks that a file can be read to its end: it exists, is a file, is not empty, and when it is gzip (by its first two
 * bytes, whatever its name) nothing of it is missing. Reads a gzip file through once, so that nothing is sent of one
 * that is cut short.
 * @throws {InputError}
 */
export async function checkFile(path: string): Promise<{ gzip: boolean }> {
  const file = await openFile(path);
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) {
      throw new InputError(
        `${path} is a folder. Name its files, such as '${path.replace(/\/$/, "")}/*.log'.`,
      );
    }
    if (stat.size === 0) throw new InputError(`${path} is empty: it holds no events.`);
    const gzip = isGzip((await file.read({ buffer: Buffer.alloc(2), position: 0 })).buffer);
    if (gzip) await readThrough(path);
    return { gzip };
  } finally {
    await file.close();
  }
}

/** The bytes of a file, gunzipped when it is gzip. It is opened when the first is asked for. */
export async function* fileBytes(path: string, { gzip }: { gzip: boolean }): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  yield* gzip ? gunzipped(file, path) : (file as AsyncIterable<Buffer>);
}

/**
 * The bytes of a stream such as stdin, gunzipped when its first two bytes say gzip.
 * @param name for messages.
 */
export async function* streamBytes(stream: Readable, name: string): AsyncGenerator<Buffer> {
  const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    head = Buffer.concat([head, next.value]);
    if (head.length >= 2) break;
  }
  const all = (async function* () {
    if (head.length > 0) yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  })();
  yield* isGzip(head) ? gunzipped(Readable.from(all), name) : all;
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Opens a file to read. @throws {InputError} when there is none, or it may not be read. */
export async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") throw new InputError(`${path}: there is no such file. Check the path.`);
    if (code === "EACCES") throw new InputError(`${path} cannot be read: permission denied.`);
    throw new InputError(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

async function readThrough(path: string): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip(), nowhere);
  } catch (error) {
    throw gzipError(error, path);
  }
}

async function* gunzipped(source: Readable, name: string): AsyncGenerator<Buffer> {
  const out = new PassThrough();
  // The failure shows where the output is read: destroy() hands it on.
  const done = pipeline(source, createGunzip({ chunkSize: 256 * 1024 }), out).catch((error: unknown) => {
    out.destroy(error as Error);
  });
  try {
    yield* out as AsyncIterable<Buffer>;
  } catch (error) {
    throw gzipError(error, name);
  } finally {
    source.destroy();
    await done;
  }
}

function gzipError(error: unknown, name: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "Z_BUF_ERROR") {
    return new InputError(`${name} is a gzip file that is cut short. Copy it again and compare its size.`);
  }
  if (code?.startsWith("Z_"))
    return new InputError(`${name} is a damaged gzip file (${message}). Copy it again.`);
  return error as Error;
}
