const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Characters that a terminal gives two columns: East Asian wide and full width, and emoji (Unicode TR 11, TR 51). */
const wide =
  /^(?:\p{Emoji_Presentation}|.*\u{fe0f}|[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\u{20000}-\u{3fffd}])/u;

/** How many columns of a terminal a text without control characters takes. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += widthOf(segment);
  return width;
}

/** The text cut to a width, with an ellipsis in place of what is missing. */
export function fitted(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = "";
  let left = width - 1;
  for (const { segment } of graphemes.segment(text)) {
    left -= widthOf(segment);
    if (left < 0) break;
    cut += segment;
  }
  return `${cut}…`;
}

/** The text with spaces to a width. */
export function padded(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "right" ? space + text : text + space;
}

function widthOf(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  return /^[\p{Mark}\p{Format}]+$/u.test(grapheme) ? 0 : 1;
}
