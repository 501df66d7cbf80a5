/** Errors that only a mistake in sluice itself can cause. */
const ownMistakes = [TypeError, ReferenceError, RangeError, SyntaxError];

/**
 * Tells on stderr what went wrong: a message of one to three lines for whatever a user can mend, with a stack trace only
 * for a mistake in sluice itself (or with SLUICE_DEBUG=1).
 * @returns the exit code: the error's own, else 1.
 */
export function reportFailure(error: unknown): number {
  const own = ownMistakes.some((kind) => error instanceof kind);
  if (error instanceof Error && !own && process.env["SLUICE_DEBUG"] !== "1") {
    console.error(`sluice: ${error.message}`);
  } else {
    console.error(
      own ? "sluice: this is a mistake in sluice. Please report it with what follows." : "sluice:",
    );
    console.error(error instanceof Error ? error.stack : error);
  }
  const code = (error as { exitCode?: unknown } | undefined)?.exitCode;
  return typeof code === "number" ? code : 1;
}
