/** A bracket, comma or colon; a string; a number or a name. */
const token = /\s*([{}[\],:]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|[-+.\w]+)/y;

type Expected = "value" | "value or ]" | "key" | "key or }" | "colon" | "comma or end";

/**
 * Where the JSON object or array that starts at `start` ends, or undefined when it does not: because it is cut off, or
 * because a token stands where none can. It looks at the order of tokens only; whether they are JSON, a parser says.
 * It gives up at the first wrong token, so that a document that is cut off does not cost a search of all that follows.
 */
export function endOfDocument(text: string, start: number): number | undefined {
  const closers: string[] = [];
  let expected: Expected = "value";
  token.lastIndex = start;
  for (;;) {
    const match = token.exec(text);
    const found = match?.[1];
    if (found === undefined) return undefined;
    const first = found[0] as string;

    if (first === "}" || first === "]") {
      const empty = first === "}" ? "key or }" : "value or ]";
      if (closers.pop() !== first || (expected !== "comma or end" && expected !== empty)) return undefined;
      if (closers.length === 0) return token.lastIndex;
      expected = "comma or end";
    } else if (first === ",") {
      if (expected !== "comma or end") return undefined;
      expected = closers.at(-1) === "}" ? "key" : "value";
    } else if (first === ":") {
      if (expected !== "colon") return undefined;
      expected = "value";
    } else if (expected === "key" || expected === "key or }") {
      if (first !== '"') return undefined;
      expected = "colon";
    } else if (expected === "value" || expected === "value or ]") {
      if (first === "{" || first === "[") {
        closers.push(first === "{" ? "}" : "]");
        expected = first === "{" ? "key or }" : "value or ]";
      } else if (closers.length === 0) {
        return undefined;
      } else {
        expected = "comma or end";
      }
    } else {
      return undefined;
    }
  }
}
