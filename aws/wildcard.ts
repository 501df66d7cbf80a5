/** One character of a pattern; a wild `*` stands for any text, a wild `?` for any one character. */
interface PatternCharacter {
  readonly character: string;
  readonly wild: boolean;
}

export type Pattern = readonly PatternCharacter[];

/** A text in which every `*` and `?` is a wildcard. */
export function wildcardPattern(text: string): Pattern {
  return Array.from(text, (character) => ({ character, wild: character === "*" || character === "?" }));
}

/** Whether a pattern of IAM actions, such as `s3:Put*`, means an action. Actions know no case (IAM guide, "Action"). */
export function meansAction(pattern: string, action: string): boolean {
  return matchesPattern(wildcardPattern(pattern.toLowerCase()), action.toLowerCase());
}

/** A text that stands for itself. */
export function literalPattern(text: string): Pattern {
  return Array.from(text, (character) => ({ character, wild: false }));
}

/** The pattern's characters, wildcards as they are written. */
export function textOf(pattern: Pattern): string {
  return pattern.map(({ character }) => character).join("");
}

/**
 * Whether the pattern covers the whole text. Only the last `*` is ever widened, so a hostile pattern costs no more than
 * its length times the text's; a regular expression could take exponentially long.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const characters = Array.from(text);
  let position = 0;
  let at = 0;
  let afterStar = -1;
  let starEnd = 0;
  while (at < characters.length) {
    const expected = pattern[position];
    if (expected?.wild && expected.character === "*") {
      afterStar = ++position;
      starEnd = at;
    } else if (expected && (expected.wild || expected.character === characters[at])) {
      position++;
      at++;
    } else if (afterStar >= 0) {
      position = afterStar;
      at = ++starEnd;
    } else return false;
  }
  return pattern.slice(position).every(({ character, wild }) => wild && character === "*");
}
