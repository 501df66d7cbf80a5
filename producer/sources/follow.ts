import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Dataset } from "../../schema/dataset.ts";
import { readCheckpoint, writeCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { formatOfLine, inFormat, type LineFormat } from "./line-format.ts";
import type { SourceEvent } from "./source-event.ts";
import { TailedFile } from "./tailed-file.ts";

export interface FollowOptions {
  readonly dataset: Dataset;
  /** Where it is kept how far was sent. */
  readonly checkpointFile: string;
  /** Ends the following. */
  readonly signal: AbortSignal;
  /** How often to look, in milliseconds. Default: 250. */
  readonly pollMilliseconds?: number;
  /**
   * How long a rotated file must have been quiet before it counts as ended, in milliseconds: its writer goes on with it
   * until it is told. Default: 5,000.
   */
  readonly rotationGraceMilliseconds?: number;
}

/** Some lines of a followed file. Once they were delivered, `commit` says so in the checkpoint. */
export interface FollowedRound {
  readonly events: readonly SourceEvent[];
  readonly commit: () => Promise<void>;
}

/**
 * Follows a file that grows, as the Kinesis Agent does: from its start or from the checkpoint, across rotation by rename
 * (the old file is read to its end first, also when it was rotated while nobody followed) and across truncation. A round
 * that was not committed is handed out again by the next process, with the same ids.
 */
export async function* followFile(path: string, options: FollowOptions): AsyncGenerator<FollowedRound> {
  const {
    dataset,
    checkpointFile,
    signal,
    pollMilliseconds = 250,
    rotationGraceMilliseconds = 5_000,
  } = options;
  const saved = await readCheckpoint(checkpointFile);
  const rotated = saved ? await rotatedFiles(path, saved) : [];
  let format: LineFormat | undefined;

  const round = (events: readonly SourceEvent[], checkpoint: Checkpoint): FollowedRound => {
    format ??= events.map(({ line }) => formatOfLine(line, dataset)).find((found) => found !== undefined);
    const readAs = format ?? "ndjson";
    return {
      events: events.map((event) => inFormat(event, readAs)),
      commit: () => writeCheckpoint(checkpointFile, checkpoint),
    };
  };

  for (const file of rotated) {
    const tailed = await TailedFile.open(file, path, saved);
    for (let events = await tailed.read(true); events.length > 0; events = await tailed.read(true)) {
      yield round(events, tailed.checkpoint);
    }
    await tailed.close();
  }

  let current: TailedFile | undefined;
  let quietSince = Date.now();
  try {
    while (!signal.aborted) {
      const named = await statOf(path);
      current ??= named && (await TailedFile.open(path, path, saved));
      const isRotated = current !== undefined && named !== undefined && !current.is(named);
      const isOver = isRotated && Date.now() - quietSince >= rotationGraceMilliseconds;
      const events = (await current?.read(isOver)) ?? [];
      if (current && events.length > 0) {
        quietSince = Date.now();
        yield round(events, current.checkpoint);
      } else if (current && isOver) {
        await current.close();
        current = undefined;
      } else await wait(pollMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await current?.close();
  }
}

/** What rotation appends to a name: `.1`, `-20261120`, `.2026-11-20T10`. */
const rotationSuffix = /^[._-][\d._T-]+$/;

/**
 * The files that stand between a checkpoint and the file that has the name now, oldest first: the checkpoint's own file
 * under its new name, and those that were rotated after it. Compressed ones are not read again.
 */
async function rotatedFiles(path: string, { device, inode }: Checkpoint): Promise<string[]> {
  const folder = dirname(path);
  const files: { path: string; modified: number; isOwn: boolean }[] = [];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(basename(path)) || !rotationSuffix.test(name.slice(basename(path).length))) continue;
    const { dev, ino, mtimeMs } = await stat(join(folder, name));
    files.push({ path: join(folder, name), modified: mtimeMs, isOwn: dev === device && ino === inode });
  }
  const own = files.find(({ isOwn }) => isOwn);
  if (!own) return [];
  return files
    .filter(({ modified, isOwn }) => isOwn || modified >= own.modified)
    .sort((a, b) => a.modified - b.modified || Number(b.isOwn) - Number(a.isOwn))
    .map((file) => file.path);
}

async function statOf(path: string): Promise<{ dev: number; ino: number } | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
