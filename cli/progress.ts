/** What a command tells while it works: one line on stderr that is written over and over, gone at the end. */
export interface Progress {
  /** Shows a text in place of the last one. */
  show(text: string): void;
  /** Writes a line that stays, such as a warning. Shown without a terminal too. */
  say(text: string): void;
  /** Removes what was shown. */
  clear(): void;
}

/** Progress on a terminal; silent, but for what is said, where stderr is none. */
export function progressOn(stderr: NodeJS.WriteStream): Progress {
  const clear = () => {
    if (stderr.isTTY) stderr.write("\r\u001b[2K");
  };
  return {
    show: (text) => {
      if (!stderr.isTTY) return;
      clear();
      stderr.write(text.slice(0, Math.max(0, stderr.columns - 1)));
    },
    say: (text) => {
      clear();
      stderr.write(`${text}\n`);
    },
    clear,
  };
}
