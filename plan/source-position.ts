import { relative, sep } from "node:path";

/** A line of a file. */
export interface SourceLine {
  /** From the project's folder, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** A position in a deployment document. */
export interface SourcePosition extends SourceLine {
  /**
   * The file on the machine where the program ran, where the engine stored that. It did not store the project's folder
   * then: `file` is the part from the working folder's name on.
   */
  readonly absoluteFile?: string;
}

/** A call as Pulumi's SDK sends it (proto/pulumi/source.proto). */
export interface Frame {
  getUri(): string;
  getLine(): number;
  getColumn(): number;
}

/**
 * Which frames the SDK takes a file from. Its own expression wants the name of a function before the file: it misses
 * the calls at the top level of an ES module, where most programs declare their resources.
 */
export const framePosition = /^\s*at (?:.*? \(|async )?(?<file>.*?):(?<line>[0-9]+):(?<column>[0-9]+)\)?$/;

/** A call's position in the form that the engine stores: `project:///path#line,column`, the path from the folder. */
export function sourcePosition(folder: string, frame: Frame): string {
  const path = relative(folder, fileIn(frame.getUri().slice("file://".length)).file)
    .split(sep)
    .join("/");
  return `project:///${encodeURI(path)}#${frame.getLine()},${frame.getColumn()}`;
}

/** Reads a position as the engine stores it, or a plan. Undefined where the text is none. */
export function readSourcePosition(position: string): SourcePosition | undefined {
  const [, path, line, column] = /^project:\/\/\/(.+)#(\d+)(?:,(\d+))?$/.exec(position) ?? [];
  if (path === undefined) return undefined;
  const place = { line: Math.max(1, Number(line)), column: Math.max(1, Number(column ?? 1)) };
  const { file, workingFolder } = fileIn(path);
  if (workingFolder === undefined) return { file, ...place };
  const start = workingFolder === "" ? -1 : file.lastIndexOf(`/${workingFolder}`);
  return {
    file: file.slice(start === -1 ? file.lastIndexOf("/") + 1 : start + 1),
    absoluteFile: file,
    ...place,
  };
}

/**
 * The file that a URL's path means. The SDK takes what a stack frame names for a path; a frame of an ES module names a
 * URL, which then stands, encoded twice, behind the working folder: `/home/me/shop/file:/home/me/shop/index.ts`.
 */
function fileIn(urlPath: string): { file: string; workingFolder?: string } {
  const path = decoded(urlPath);
  const [, workingFolder, url] = /^(.*\/|)file:(\/.*)$/.exec(path) ?? [];
  const file = url === undefined ? path : decoded(url);
  return {
    // A program may be imported under a query, to be run anew.
    file: file.replace(/\?.*$/, ""),
    ...(workingFolder === undefined ? {} : { workingFolder }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A plan of an older release holds paths as they are.
    return text;
  }
}
