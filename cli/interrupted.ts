/** Ctrl-C as an error: the command ends with 130, as shells expect. */
class InterruptedError extends Error {
  readonly exitCode = 130;

  constructor() {
    super("interrupted");
    this.name = "InterruptedError";
  }
}

/** Listens for Ctrl-C (SIGINT) and SIGTERM, so that a command can clean up before it ends. */
export function interrupted(): { signal: AbortSignal; happened: Promise<void> } {
  const controller = new AbortController();
  const happened = new Promise<void>((resolve) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      process.once(name, () => {
        controller.abort(new InterruptedError());
        resolve();
      });
    }
  });
  return { signal: controller.signal, happened };
}
