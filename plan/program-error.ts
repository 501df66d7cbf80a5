import { spawnSync } from "node:child_process";
import { sep } from "node:path";
import { RunError } from "@pulumi/pulumi/errors.js";

/**
 * A program that can't be evaluated. The message is the program's own error with its places in the program, nothing of what
 * evaluates it; `cause` is the error itself.
 */
export class ProgramError extends Error {
  override name = "ProgramError";
  readonly exitCode = 1;
}

interface Program {
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * The error of a program as its author should see it. Errors that say with which code a command ends are messages already, and
 * stay as they are.
 * @param program its project's folder, and its files: the main one first.
 */
export function programError(error: unknown, program: Program): Error {
  if (error instanceof Error && "exitCode" in error) return error;
  return new ProgramError(textOf(error, program), { cause: error });
}

function textOf(error: unknown, program: Program): string {
  if (!(error instanceof Error)) return `the program threw ${String(error)}, which is no Error.`;
  const isMessage: boolean = RunError.isInstance(error);
  if (isMessage) return error.message;
  const missing = missingModule(error, program);
  if (missing !== undefined) return missing;
  const stack = cleaned(error.stack ?? "");
  const headline = stack.slice(0, /^\s+at /m.exec(stack)?.index).trimEnd() || String(error);
  if (error.name === "TSError") return headline;
  const frames = stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && isOfProgram(line, program.folder));
  // Where the program itself can't be parsed Node mostly writes place, line and marker before the message.
  if (error instanceof SyntaxError && frames.length === 0 && headline.startsWith("SyntaxError: ")) {
    return placeOfSyntaxError(program.files) ?? headline;
  }
  return [headline, ...frames].join("\n");
}

function missingModule(error: Error, { files, folder }: Program): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return undefined;
  const message = cleaned(error.message);
  const name = /'([^']+)'/.exec(message)?.[1] ?? "";
  const by = /(?: imported from |Require stack:\n- )(.+)/.exec(message)?.[1] ?? files[0] ?? folder;
  if (/^[./]/.test(name)) {
    return `${by} imports ${name}, which is not there. Check its path; an ES module names files with their endings.`;
  }
  return `${by} imports the package "${name}", which is not installed. Run \`npm install\` in ${folder}; if that does not help, \`npm install ${name}\`.`;
}

/** Of an ES module in JavaScript the error has no place: `node --check` tells it. */
function placeOfSyntaxError(files: readonly string[]): string | undefined {
  for (const file of files) {
    const { status, stderr } = spawnSync(process.execPath, ["--check", file], { encoding: "utf8" });
    if (status !== 0) return cleaned(stderr.slice(0, /^\s+at /m.exec(stderr)?.index)).trim();
  }
  return undefined;
}

/**
 * Paths in place of URLs, without the query under which each evaluation imports a program anew; and one message in place of a chain of
 * properties, which Pulumi makes where resources hang on one that failed.
 */
function cleaned(text: string): string {
  return text
    .replace(/\?evaluation=\d+/g, "")
    .replace(/(error serializing property "[^"]*": )+/g, "")
    .replace(/file:\/\/(\/[^\s)]*)/g, (_, path: string) => decodeURI(path));
}

/** Whether a line of a stack trace is in the project, not in its packages and not in what evaluates it. */
function isOfProgram(line: string, folder: string): boolean {
  return (
    line.includes(folder + sep) &&
    !line.includes(`${sep}node_modules${sep}`) &&
    !line.includes(import.meta.dirname + sep)
  );
}
