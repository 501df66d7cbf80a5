import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** How far a followed file was sent. */
export interface Checkpoint {
  /** Which file: its device and inode, which a rename keeps. */
  readonly device: number;
  readonly inode: number;
  /** Bytes that were sent, and the lines in them. */
  readonly offset: number;
  readonly lineNumber: number;
  /** The start of its first line: tells when another file has got the inode, or the same file other content. */
  readonly fingerprint: string | undefined;
  /** Whether `offset` is within a line that is too long to be read. */
  readonly insideLongLine: boolean;
}

/** The checkpoint in a file, if there is one. */
export async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as Checkpoint;
  } catch {
    throw new Error(`${path} is no checkpoint. Remove it to send the file from its start.`);
  }
}

/** Writes a checkpoint so that a crash leaves the old one or the new one. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(checkpoint));
  await rename(`${path}.new`, path);
}
