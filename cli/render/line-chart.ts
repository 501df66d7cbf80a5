import type { ChartData } from "./chart-data.ts";
import { displayWidth, fitted, padded } from "./display-width.ts";

const height = 12;
const marks = ["●", "○", "◆", "◇", "■", "□", "▲", "△"];
const between = "·";

/** Points over an axis in the order of the rows, dots between them, a mark for each series; the largest number on top. */
export function lineChart({ points, xName, yName, seriesName }: ChartData, width: number): string {
  const xs = [...new Set(points.map(({ x }) => x))];
  const series = [...new Set(points.map((point) => point.series))];
  const low = Math.min(0, ...points.map(({ y }) => y));
  const high = Math.max(0, ...points.map(({ y }) => y));
  const [top, bottom] = [shortNumber(high), shortNumber(low)];
  const margin = Math.max(top.length, bottom.length);
  const plotWidth = Math.max(2, width - margin - 2);

  const grid = Array.from({ length: height }, () => Array.from({ length: plotWidth }, () => " "));
  const mark = (column: number, row: number, character: string) => {
    const cells = grid[row];
    if (cells && (cells[column] === " " || character !== between)) cells[column] = character;
  };
  for (const [index, name] of series.entries()) {
    const own = points
      .filter((point) => point.series === name)
      .map(({ x, y }) => ({
        column: Math.round((xs.indexOf(x) / Math.max(1, xs.length - 1)) * (plotWidth - 1)),
        row: Math.round(((high - y) / (high - low || 1)) * (height - 1)),
      }));
    for (const [step, from] of own.entries()) {
      const to = own[step + 1] ?? from;
      for (let column = from.column + 1; column < to.column; column++) {
        const share = (column - from.column) / (to.column - from.column);
        mark(column, Math.round(from.row + share * (to.row - from.row)), between);
      }
      mark(from.column, from.row, marks[index % marks.length] ?? "●");
    }
  }
  const lines = grid.map((cells, row) => {
    const label = row === 0 ? top : row === height - 1 ? bottom : "";
    return `${label.padStart(margin)} ┤${cells.join("").trimEnd()}`;
  });
  const half = Math.floor(plotWidth / 2);
  const first = fitted(xs[0] ?? "", half);
  const last = fitted(xs.at(-1) ?? "", half);
  const axis = xs.length > 1 ? padded(first, plotWidth - displayWidth(last), "left") + last : first;
  const legend = series.map((name, index) => `${marks[index % marks.length]} ${name}`).join("  ");
  return [
    `${yName} by ${xName}`,
    ...lines,
    `${" ".repeat(margin)} └${"─".repeat(plotWidth)}`,
    `${" ".repeat(margin + 2)}${axis}`,
    ...(seriesName === undefined ? [] : [`${seriesName}: ${legend}`]),
    "",
  ].join("\n");
}

function shortNumber(value: number): string {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}
