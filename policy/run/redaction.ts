const minimumLengthInsideWords = 6;

/**
 * Hides the text of secrets in messages. Takes time in proportion to the message, however many secrets there are.
 * @returns the message with `[secret]` for each secret that it holds, the longest first where several begin.
 */
export function redactor(secrets: ReadonlySet<string>): (message: string) => string {
  const lengthsByStart = new Map<string, number[]>();
  for (const secret of secrets) {
    const lengths = lengthsByStart.get(secret[0]!);
    if (!lengths) lengthsByStart.set(secret[0]!, [secret.length]);
    else if (!lengths.includes(secret.length)) lengths.push(secret.length);
  }
  for (const lengths of lengthsByStart.values()) lengths.sort((a, b) => b - a);

  const secretAt = (message: string, start: number): number =>
    lengthsByStart.get(message[start]!)?.find((length) => {
      if (!secrets.has(message.slice(start, start + length))) return false;
      // A short one, "5" or "on", is looked for as a word, or it would take every message apart.
      return length >= minimumLengthInsideWords || isWord(message, start, start + length);
    }) ?? 0;

  return (message) => {
    let text = "";
    let kept = 0;
    for (let at = 0; at < message.length;) {
      const length = secretAt(message, at);
      if (length > 0) {
        text += `${message.slice(kept, at)}[secret]`;
        kept = at + length;
      }
      at += Math.max(1, length);
    }
    return text + message.slice(kept);
  };
}

function isWord(message: string, start: number, end: number): boolean {
  const isLetter = (character: string | undefined) =>
    character !== undefined && /[A-Za-z0-9]/.test(character);
  return !isLetter(message[start - 1]) && !isLetter(message[end]);
}
