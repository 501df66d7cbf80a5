import { access } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import type { ObjectStore } from "../lake/object-store.ts";
import { readJsonFile, writeJsonFile } from "../state/json-file.ts";
import type { StagedObject } from "./output.ts";
import type { RecordSource } from "./record-source.ts";

interface CheckpointFile {
  /** All records before it are delivered. */
  position: number;
  /** Firehose's version of the delivery stream: it rises with each change of the configuration. */
  version: number;
  configuration: string;
  /** The objects of the last buffer, whose files may not yet be in their places. */
  objects: StagedObject[];
}

/**
 * How far a delivery stream came. A buffer is committed by one write of this file, which names its position and its
 * staged files; then the files are moved to their places. An emulator that is killed before that write delivers the buffer
 * again from the stream; one that is killed after it finds the files here and moves the rest. So no record is lost, and
 * none is in two objects.
 */
export class Checkpoint {
  readonly #path: string;
  readonly #store: ObjectStore;
  #file: CheckpointFile;

  private constructor(path: string, store: ObjectStore, file: CheckpointFile) {
    this.#path = path;
    this.#store = store;
    this.#file = file;
  }

  /**
   * Reads a checkpoint and brings the objects of a killed emulator into their places; or makes one at the end of the stream, because a
   * new delivery stream starts there (aws-semantics 1.9).
   * A position that the source has not (any more) becomes the nearest that it has.
   * @param configuration what the delivery stream was declared with; when it is another one, the version rises.
   */
  static async open(options: {
    path: string;
    store: ObjectStore;
    source: Pick<RecordSource, "start" | "end">;
    configuration: string;
  }): Promise<Checkpoint> {
    const { path, store, source, configuration } = options;
    const found = (await readJsonFile(path)) as CheckpointFile | undefined;
    const checkpoint = new Checkpoint(
      path,
      store,
      found ?? { position: source.end, version: 1, configuration, objects: [] },
    );
    await checkpoint.placeObjects();
    const changed = found !== undefined && found.configuration !== configuration;
    await checkpoint.#write({
      position: Math.min(Math.max(checkpoint.position, source.start), source.end),
      version: checkpoint.version + (changed ? 1 : 0),
      configuration,
      objects: [],
    });
    return checkpoint;
  }

  get position(): number {
    return this.#file.position;
  }

  get version(): number {
    return this.#file.version;
  }

  /** Commits a buffer. When it fails before the commit it may be repeated; afterwards only `placeObjects`. */
  async commit(position: number, objects: readonly StagedObject[]): Promise<void> {
    const folder = dirname(this.#path);
    // Relative paths, so that the state folder can be moved.
    await this.#write({
      position,
      objects: objects.map((object) => ({ ...object, file: relative(folder, object.file) })),
    });
  }

  /** Moves the committed files to their places. It may be repeated. */
  async placeObjects(): Promise<void> {
    for (const { bucket, key, file } of this.#file.objects) {
      const path = resolve(dirname(this.#path), file);
      if (await exists(path)) await this.#store.adopt(bucket, key, path);
    }
  }

  async #write(changes: Partial<CheckpointFile>): Promise<void> {
    const file = { ...this.#file, ...changes };
    await writeJsonFile(this.#path, file);
    this.#file = file;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
