import { ProgramError } from "./program-error.ts";

/** How long a program may take until it is said what it waits for. */
const patienceMilliseconds = 5_000;

/**
 * Runs a program in this process without letting it take the process over:
 * what it prints goes to stderr, for stdout is the command's; `process.exit` becomes an error; and a program that waits for
 * something that can't come any more is ended, where Node would leave without a word.
 * @param waitsFor what is not yet settled, one thing a line; empty when it can't be told.
 */
export async function guarded<T>(run: () => Promise<T>, waitsFor: () => readonly string[]): Promise<T> {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back as it was
  const [exit, write] = [process.exit, process.stdout.write];
  const stuck = Promise.withResolvers<never>();
  const waiting = () => {
    const things = waitsFor();
    return `the program waits for ${things.length === 0 ? "a promise that nothing settles: a top-level await, or what it exports" : things.join("\n  and ")}.`;
  };
  const ended = () =>
    stuck.reject(
      new ProgramError(`${waiting()}\nNothing is left that could settle it, so the program never ends.`),
    );
  const timer = setTimeout(() => {
    process.stderr.write(
      `The program still runs after ${patienceMilliseconds / 1000} s: ${waiting()} Ctrl-C ends it.\n`,
    );
  }, patienceMilliseconds).unref();
  process.stdout.write = process.stderr.write.bind(process.stderr);
  process.exit = (code) => {
    const error = new Error(
      `the program calls process.exit(${code ?? ""}): its resources can't be known. Throw an Error instead.`,
    );
    stuck.reject(error);
    throw error;
  };
  process.once("beforeExit", ended);
  try {
    return await Promise.race([run(), stuck.promise]);
  } finally {
    stuck.promise.catch(() => undefined);
    clearTimeout(timer);
    process.off("beforeExit", ended);
    process.exit = exit;
    process.stdout.write = write;
  }
}
