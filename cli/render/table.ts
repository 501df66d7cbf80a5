import { styleText } from "node:util";
import { isNumeric, type AthenaValue, type ResultColumn } from "../../athena/client/values.ts";
import type { Chart } from "../../athena/named-query/named-query.ts";
import { barOf, largestOf } from "./bar.ts";
import { cellText, withoutControl } from "./cell.ts";
import { displayWidth, fitted, padded } from "./display-width.ts";
import { recordView } from "./record-view.ts";
import type { TableWriter } from "./table-writer.ts";

export interface TableOptions {
  /** Columns of the terminal that the table may take. Default: no limit, nothing is cut. */
  readonly width?: number | undefined;
  /** Whether to use colours. Default: false. */
  readonly color?: boolean | undefined;
  /** Draws a bar for this chart's y beside each row, where there is room. Default: no bar. */
  readonly chart?: Chart | undefined;
}

const narrowestText = 6;
/** A text beside a bar is cut no further than this; rather there is no bar. */
const narrowestBesideBar = 20;
const narrowestBar = 8;
const roomForBar = 15;
const widestBar = 30;

/** The rows as one boxed table, numbers on the right, fitted to a width. */
export function renderTable(
  columns: readonly ResultColumn[],
  rows: readonly (readonly AthenaValue[])[],
  options: TableOptions = {},
): string {
  const { head, row, foot } = tableWriter(columns, rows, options);
  return head + rows.map(row).join("") + foot;
}

/**
 * A table whose columns are as wide as the sample needs. In later rows longer text is cut; a number never is.
 * Columns that can't be fitted to the width side by side are written below each other, a block for each row.
 */
export function tableWriter(
  columns: readonly ResultColumn[],
  sample: readonly (readonly AthenaValue[])[],
  { width = Infinity, color = false, chart }: TableOptions = {},
): TableWriter {
  const names = columns.map(({ name }) => withoutControl(name));
  const wanted = names.map((name, index) =>
    sample.reduce(
      (widest, row) => Math.max(widest, displayWidth(cellText(row[index] ?? null))),
      displayWidth(name),
    ),
  );
  const numeric = columns.map(({ type }) => isNumeric(type));
  const widths =
    (chart && fittedWidths(wanted, numeric, width - roomForBar, narrowestBesideBar)) ??
    fittedWidths(wanted, numeric, width, narrowestText);
  if (!widths) return recordView(names, { width, color });

  const dim = (text: string) => (color ? styleText("dim", text, { validateStream: false }) : text);
  const bar = barColumn(columns, sample, chart, width - totalWidth(widths));
  const lines = bar.width > 0 ? [...widths, bar.width] : widths;
  const rule = (left: string, middle: string, right: string) =>
    `${dim(left + lines.map((each) => "─".repeat(each + 2)).join(middle) + right)}\n`;
  const edge = dim("│");
  const line = (cells: readonly string[]) => `${edge} ${cells.join(` ${edge} `)} ${edge}\n`;
  const align = (index: number) => (numeric[index] ? "right" : "left");

  return {
    head:
      rule("┌", "┬", "┐") +
      line([
        ...widths.map((each, index) => padded(fitted(names[index] ?? "", each), each, align(index))),
        ...(bar.width > 0 ? [" ".repeat(bar.width)] : []),
      ]) +
      rule("├", "┼", "┤"),
    row: (values) =>
      line([
        ...widths.map((each, index) => {
          const value = values[index] ?? null;
          const text = cellText(value);
          const cell = padded(numeric[index] ? text : fitted(text, each), each, align(index));
          return value === null ? dim(cell) : cell;
        }),
        ...(bar.width > 0 ? [colored(padded(bar.of(values), bar.width, "left"), color)] : []),
      ]),
    foot: rule("└", "┴", "┘"),
  };
}

/** Widths that fit, the widest texts cut first; undefined when even the narrowest don't. */
function fittedWidths(
  wanted: readonly number[],
  numeric: readonly boolean[],
  width: number,
  narrowest: number,
): number[] | undefined {
  const widths = [...wanted];
  while (totalWidth(widths) > width) {
    let widest = -1;
    for (const [index, each] of widths.entries()) {
      if (!numeric[index] && each > narrowest && each > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** A border and two spaces for each column, and the last border. */
function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each + 3, 1);
}

function barColumn(
  columns: readonly ResultColumn[],
  sample: readonly (readonly AthenaValue[])[],
  chart: Chart | undefined,
  room: number,
): { width: number; of: (values: readonly AthenaValue[]) => string } {
  const index = columns.findIndex(({ name, type }) => name === chart?.y && isNumeric(type));
  const width = Math.min(widestBar, room - 3);
  if (index < 0 || width < narrowestBar || sample.length < 2) return { width: 0, of: () => "" };
  const numberIn = (values: readonly AthenaValue[]) => Number(values[index] ?? NaN);
  const largest = largestOf(sample.map(numberIn));
  return { width, of: (values) => barOf(numberIn(values), largest, width) };
}

function colored(text: string, color: boolean): string {
  return color ? styleText("cyan", text, { validateStream: false }) : text;
}
