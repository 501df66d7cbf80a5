import type { Writable } from "node:stream";
import { interrupted } from "../interrupted.ts";

/** Where a command writes: results on stdout, all else on stderr. */
export interface Io {
  readonly stdout: Writable & { isTTY?: boolean; columns?: number; hasColors?: () => boolean };
  readonly stderr: NodeJS.WriteStream;
  /** Ends what runs, when the user gives up. Called once a command has something to end. */
  readonly interrupted: () => AbortSignal;
}

/** The terminal's own. */
export const terminal: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  interrupted: () => interrupted().signal,
};
