import { styleText } from "node:util";
import { cellText } from "./cell.ts";
import { displayWidth, fitted, padded } from "./display-width.ts";
import type { TableWriter } from "./table-writer.ts";

/** Each row as a block of lines, a line for each column: for tables with more columns than the terminal has room for. */
export function recordView(
  names: readonly string[],
  { width, color }: { width: number; color: boolean },
): TableWriter {
  const dim = (text: string) => (color ? styleText("dim", text, { validateStream: false }) : text);
  const nameWidth = Math.min(Math.max(0, ...names.map(displayWidth)), Math.max(1, Math.floor(width / 2)));
  const valueWidth = Math.max(1, width - nameWidth - 2);
  let count = 0;
  return {
    head: "",
    row: (values) => {
      count++;
      const lines = names.map((name, index) => {
        const value = values[index] ?? null;
        const text = cellText(value);
        const shown = typeof value === "string" ? fitted(text, valueWidth) : text;
        return `${dim(padded(fitted(name, nameWidth), nameWidth, "left"))}  ${shown}\n`;
      });
      return `${dim(fitted(`── row ${count} `, width))}\n${lines.join("")}`;
    },
    foot: "",
  };
}
