import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** An object of a bucket. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly lastModified: Date;
  /** The file that holds the object's bytes. */
  readonly path: string;
}

/**
 * The emulator's S3: a folder per bucket, an object per file. An object is written beside its place and renamed into it, so
 * a reader sees all of it or nothing, as on S3.
 */
export class ObjectStore {
  readonly #folder: string;

  /** @param folder holds one folder for each bucket; it is created when the first object is put. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file of an object, whether or not it exists. @throws {Error} when the key is none that a file can have. */
  pathOf(bucket: string, key: string): string {
    const parts = [bucket, ...key.split("/")];
    if (parts.some((part) => part === "" || part === "." || part === ".." || part.includes("\0"))) {
      throw new Error(
        `"s3://${bucket}/${key}" can't be kept as a file: each part between slashes needs a name.`,
      );
    }
    return join(this.#folder, ...parts);
  }

  /** A new file name on the object store's own disk, for bytes that `adopt` then takes over. */
  async temporaryFile(): Promise<string> {
    const folder = join(this.#folder, ".incoming");
    await mkdir(folder, { recursive: true });
    return join(folder, randomUUID());
  }

  /** Makes a temporary file an object, at once and whole. */
  async adopt(bucket: string, key: string, temporaryFile: string): Promise<void> {
    const path = this.pathOf(bucket, key);
    await mkdir(dirname(path), { recursive: true });
    await rename(temporaryFile, path);
  }

  async put(bucket: string, key: string, body: string | Uint8Array): Promise<void> {
    const file = await this.temporaryFile();
    try {
      await writeFile(file, body);
      await this.adopt(bucket, key, file);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
  }

  async get(bucket: string, key: string): Promise<Buffer> {
    return readFile(this.pathOf(bucket, key));
  }

  /** The objects of a bucket whose keys start with `prefix`, sorted by key. */
  async list(bucket: string, prefix = ""): Promise<StoredObject[]> {
    const objects: StoredObject[] = [];
    const root = join(this.#folder, bucket);
    const walk = async (folder: string, keyPrefix: string): Promise<void> => {
      const entries = await readdir(folder, { withFileTypes: true }).catch(ignoreMissing);
      for (const entry of entries) {
        const key = keyPrefix + entry.name;
        if (entry.isDirectory()) {
          const inside = `${key}/`;
          if (inside.startsWith(prefix) || prefix.startsWith(inside))
            await walk(join(folder, entry.name), inside);
        } else if (key.startsWith(prefix)) {
          const path = join(folder, entry.name);
          const { size, mtime } = await stat(path);
          objects.push({ bucket, key, sizeBytes: size, lastModified: mtime, path });
        }
      }
    };
    await walk(root, "");
    return objects.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** Removes all objects of a bucket. */
  async empty(bucket: string): Promise<void> {
    await rm(join(this.#folder, bucket), { recursive: true, force: true });
  }

  /** Removes what a killed emulator left half-written. */
  async removeIncoming(): Promise<void> {
    await rm(join(this.#folder, ".incoming"), { recursive: true, force: true });
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === "ENOENT") return [];
  throw error;
}
