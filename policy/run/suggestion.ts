/** The nearest of some names, as a hint; empty when none is near: no word in common and more than three typing errors. */
export function suggestion(name: string, candidates: readonly string[]): string {
  const words = new Set(name.toLowerCase().split(/[^a-z0-9]+/));
  const [best] = candidates
    .map((candidate) => ({ candidate, errors: typingErrors(name.toLowerCase(), candidate) }))
    .filter(({ candidate, errors }) => errors <= 3 || candidate.split("-").some((part) => words.has(part)))
    .sort((a, b) => a.errors - b.errors);
  return best ? ` Did you mean "${best.candidate}"?` : "";
}

/** Levenshtein's distance: characters to add, take away or replace. */
function typingErrors(written: string, meant: string): number {
  let row = Array.from({ length: meant.length + 1 }, (_, index) => index);
  for (const [line, character] of [...written].entries()) {
    const next = [line + 1];
    for (let column = 0; column < meant.length; column++) {
      const replaced = row[column]! + (character === meant[column] ? 0 : 1);
      next.push(Math.min(replaced, row[column + 1]! + 1, next[column]! + 1));
    }
    row = next;
  }
  return row[meant.length]!;
}
