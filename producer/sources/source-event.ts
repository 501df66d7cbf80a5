/** One event on its way from a source to the pack. */
export interface SourceEvent {
  /** One line of text, without its newline: JSON, or what the source could not read as an event. */
  readonly line: string;
  /** Where it comes from, when that is a place that can be named. */
  readonly place?: Place | undefined;
  /** What is wrong with it, in one sentence, when the source knows: the line is passed on, and reported. */
  readonly problem?: string;
  /** Whether `line` is only the start of what the input holds: it was too long to be read, and cannot be sent. */
  readonly cutShort?: boolean;
}

/** A place in an input, for messages and for the event's id. */
export interface Place {
  /** The file's path, or `stdin`. */
  readonly file: string;
  /** From 1. */
  readonly lineNumber: number;
  /** Tells this input from others that hold the same line at the same place: its first line. */
  readonly fingerprint: string;
}

export type SourceEvents = Iterable<SourceEvent> | AsyncIterable<SourceEvent>;

/** A place as messages write it: `access.log.gz:8899`. */
export function placeText({ file, lineNumber }: Pick<Place, "file" | "lineNumber">): string {
  return `${file}:${lineNumber}`;
}

/** The start of a line, for messages. */
export function lineStart(line: string): string {
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line);
}
