import { isNumeric, type AthenaValue, type ResultColumn } from "../../athena/client/values.ts";
import type { Chart } from "../../athena/named-query/named-query.ts";
import { cellText } from "./cell.ts";

/** A point of a picture. */
interface ChartPoint {
  readonly x: string;
  readonly y: number;
  readonly series: string;
}

/** What a picture shows. */
export interface ChartData {
  readonly kind: Chart["kind"];
  readonly xName: string;
  readonly yName: string;
  /** The column that tells several bars or lines apart; undefined for one. */
  readonly seriesName?: string | undefined;
  readonly points: readonly ChartPoint[];
}

/** More would be no picture any more, and would not fit the memory of one. */
export const mostPoints = 10_000;

/** An answer that can't be drawn. */
export class ChartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ChartError";
  }
}

/**
 * The picture of an answer: as its query's header says, else the first column along the axis and the first number after
 * it upwards. Rows without a number are left out.
 * @throws {ChartError} when a column is missing, there is nothing to draw, or too much.
 */
export function chartData(
  columns: readonly ResultColumn[],
  rows: readonly (readonly AthenaValue[])[],
  chart: Partial<Chart> = {},
): ChartData {
  const x = chart.x ?? columns[0]?.name ?? "";
  const y = chart.y ?? columns.find(({ name, type }) => name !== x && isNumeric(type))?.name ?? "";
  const [xIndex, yIndex, seriesIndex] = [x, y, chart.series].map((name) =>
    columns.findIndex((column) => column.name === name),
  ) as [number, number, number];
  const names = columns.map(({ name }) => name).join(", ");
  if (xIndex < 0 || yIndex < 0) {
    throw new ChartError(
      `nothing to draw: no column of numbers to draw against another. There are ${names}.`,
    );
  }
  const points = rows
    .filter((row) => row[yIndex] !== null && Number.isFinite(Number(row[yIndex])))
    .map((row) => ({
      x: cellText(row[xIndex] ?? null),
      y: Number(row[yIndex]),
      series: seriesIndex < 0 ? "" : cellText(row[seriesIndex] ?? null),
    }));
  if (points.length === 0) throw new ChartError(`nothing to draw: no row has a number in "${y}".`);
  if (points.length > mostPoints) {
    throw new ChartError(
      `${points.length} points are too many to draw, ${mostPoints} at most. Ask for fewer rows.`,
    );
  }
  return {
    kind: chart.kind ?? "bar",
    xName: x,
    yName: y,
    seriesName: seriesIndex < 0 ? undefined : chart.series,
    points,
  };
}
