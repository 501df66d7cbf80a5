import { barOf, largestOf } from "./bar.ts";
import type { ChartData } from "./chart-data.ts";
import { displayWidth, fitted, padded } from "./display-width.ts";

const widestLabel = 40;

/** Bars that lie, one for each point, with its label before and its number behind. */
export function barChart({ points, xName, yName, seriesName }: ChartData, width: number): string {
  const labels = points.map(({ x, series }) => (series === "" ? x : `${x} ${series}`));
  const numbers = points.map(({ y }) => String(y));
  const labelWidth = Math.min(widestLabel, Math.floor(width / 2), Math.max(...labels.map(displayWidth)));
  const numberWidth = Math.max(...numbers.map((number) => number.length));
  const barWidth = Math.max(1, width - labelWidth - numberWidth - 2);
  const largest = largestOf(points.map(({ y }) => y));
  const lines = points.map(({ y }, index) => {
    const label = padded(fitted(labels[index] ?? "", labelWidth), labelWidth, "left");
    return `${label} ${barOf(y, largest, barWidth)} ${numbers[index]}`;
  });
  const title = `${yName} by ${xName}${seriesName === undefined ? "" : ` and ${seriesName}`}`;
  return `${title}\n${lines.join("\n")}\n`;
}
