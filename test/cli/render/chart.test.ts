import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { barChart } from "../../../cli/render/bar-chart.ts";
import { chartData, mostPoints } from "../../../cli/render/chart-data.ts";
import { chartSvg, writeChart } from "../../../cli/render/chart-file.ts";
import { lineChart } from "../../../cli/render/line-chart.ts";
import type { AthenaValue, ResultColumn } from "../../../athena/client/values.ts";

const columns: ResultColumn[] = [
  { name: "day", key: "day", type: "date" },
  { name: "device", key: "device", type: "varchar" },
  { name: "revenue", key: "revenue", type: "double" },
];
const rows: AthenaValue[][] = [
  ["2026-11-19", "mobile", 10],
  ["2026-11-19", "tablet", null],
  ["2026-11-20", "mobile", 40],
];

describe("a picture of an answer", () => {
  it("has the columns that the query's header names; rows without a number are left out", () => {
    const data = chartData(columns, rows, { kind: "line", x: "day", y: "revenue", series: "device" });
    assert.deepEqual(data.points, [
      { x: "2026-11-19", y: 10, series: "mobile" },
      { x: "2026-11-20", y: 40, series: "mobile" },
    ]);
  });

  it("has the first column and the first number where no header names any", () => {
    const { kind, xName, yName } = chartData(columns, rows);
    assert.deepEqual([kind, xName, yName], ["bar", "day", "revenue"]);
  });

  it("is refused when there is nothing to draw, or too much", () => {
    assert.throws(() => chartData(columns.slice(0, 2), rows), /no column of numbers.*day, device/);
    assert.throws(() => chartData(columns, []), /no row has a number in "revenue"/);
    const many = Array.from({ length: mostPoints + 1 }, (): AthenaValue[] => ["x", "", 1]);
    assert.throws(() => chartData(columns, many), /10001 points are too many/);
  });

  it("in bars has a label, a bar and the number on each line, within the width", () => {
    const data = chartData(columns, rows, { kind: "bar", x: "day", y: "revenue" });
    assert.equal(
      barChart(data, 40),
      `revenue by day\n2026-11-19 ${"█".repeat(6)}▌ 10\n2026-11-20 ${"█".repeat(26)} 40\n`,
    );
  });

  it("in a line has the largest number on top and the first and last x below", () => {
    const data = chartData(columns, rows, { kind: "line", x: "day", y: "revenue", series: "device" });
    const lines = lineChart(data, 40).split("\n");
    assert.match(lines[1] ?? "", /^40 ┤ +·+●$/);
    assert.match(lines[9] ?? "", /^ {3}┤●·*$/);
    assert.match(lines[14] ?? "", /^ {4}2026-11-19 {16}2026-11-20$/);
    assert.equal(lines[15], "device: ● mobile");
  });

  describe("in a file", () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "chart-"));
    });
    after(() => rm(folder, { recursive: true }));

    it("is SVG, with title and axes", async () => {
      const svg = await chartSvg(chartData(columns, rows, { series: "device" }), "revenue_per_day");
      for (const text of ["<svg", "revenue_per_day", ">day<", ">revenue<", ">mobile<", ">2026-11-20<"]) {
        assert.ok(svg.includes(text), text);
      }
    });

    it("is PNG", async function () {
      const file = join(folder, "chart.PNG");
      try {
        await writeChart(chartData(columns, rows), "revenue", file);
      } catch (error) {
        // A machine without any font can't write a PNG's labels, and says so.
        assert.match((error as Error).message, /no font/);
        return this.skip();
      }
      assert.deepEqual([...(await readFile(file)).subarray(1, 4)], [...Buffer.from("PNG")]);
    });

    it("is refused as anything else", async () => {
      await assert.rejects(writeChart(chartData(columns, rows), "t", "chart.pdf"), /\.svg or \.png/);
    });
  });
});
