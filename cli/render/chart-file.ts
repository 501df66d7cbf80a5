import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import type * as ResvgModule from "@resvg/resvg-js";
import { optional, resolveOptional } from "../../needs/optional.ts";
import { ChartError, type ChartData } from "./chart-data.ts";

/** The kinds of picture files. */
export const chartFileTypes = [".svg", ".png"] as const;

const pixelRatio = 2;

/**
 * Writes a picture by Vega-Lite.
 * @param file ends in .svg or .png.
 * @throws {MissingPackageError} without the packages that draw; {ChartError} for another ending, or for a PNG where the machine has no font to write its labels with.
 */
export async function writeChart(data: ChartData, title: string, file: string): Promise<void> {
  const type = extname(file).toLowerCase();
  if (type !== ".svg" && type !== ".png") {
    throw new ChartError(`"${file}": a chart's file ends in ${chartFileTypes.join(" or ")}.`);
  }
  const svg = await chartSvg(data, title);
  await writeFile(file, type === ".svg" ? svg : png(svg, file));
}

/** The picture as SVG. */
export async function chartSvg(data: ChartData, title: string): Promise<string> {
  // Loaded here: drawing needs some 100 ms of modules that no other command does.
  for (const name of ["vega", "vega-lite"]) resolveOptional(name, "a chart");
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const spec = vegaLite.compile({ background: "white", ...specOf(data, title) }).spec;
  const view = new vega.View(vega.parse(spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function specOf(data: ChartData, title: string) {
  const times = data.points.every(({ x }) => /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}.*)?$/.test(x));
  const many = data.points.length > 1;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title,
    width: 640,
    height: 320,
    data: { values: [...data.points] },
    mark: data.kind === "line" ? { type: "line" as const, point: many } : { type: "bar" as const },
    encoding: {
      // The rows' own order; a bar has its place on the axis even where x is a time.
      x: {
        field: "x",
        title: data.xName,
        ...(times && data.kind === "line"
          ? { type: "temporal" as const }
          : { type: "ordinal" as const, sort: null }),
      },
      y: { field: "y", type: "quantitative" as const, title: data.yName },
      ...(data.seriesName !== undefined && {
        color: { field: "series", type: "nominal" as const, title: data.seriesName },
      }),
    },
  };
}

function png(svg: string, file: string): Uint8Array {
  const { Resvg } = optional<typeof ResvgModule>("@resvg/resvg-js", "a chart as PNG");
  const sample = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">a</text></svg>';
  if (new Resvg(sample).getBBox() === undefined) {
    throw new ChartError(
      `"${file}": this machine has no font to write a PNG's labels with. Write an .svg, or install a font such as DejaVu.`,
    );
  }
  return new Resvg(svg, { fitTo: { mode: "zoom", value: pixelRatio } }).render().asPng();
}
