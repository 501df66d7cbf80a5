import type { InferredDataset } from "./index.ts";

/** As prettier has it in this project and, by `printWidth`, in the one that `sluice init` writes. */
const width = 110;
const indent = "  ";

export interface RenderOptions {
  /** What the declaration imports `defineDataset` from. Default: `sluice`. */
  readonly importFrom?: string | undefined;
}

/**
 * The TypeScript source of a declaration: a module that exports the dataset under its name in camel case, formatted as
 * prettier does at a width of 110.
 */
export function renderDeclaration(
  { definition }: Pick<InferredDataset, "definition">,
  { importFrom = "sluice/dataset" }: RenderOptions = {},
): string {
  return [
    `import { defineDataset } from ${quoted(importFrom)};`,
    "",
    `export const ${exportName(definition.name)} = defineDataset(${expanded(definition, 0)});`,
    "",
  ].join("\n");
}

/** `access-log` is exported as `accessLog`; a word of the language cannot be a name. */
function exportName(name: string): string {
  const camel = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return reserved.has(camel) ? `${camel}Dataset` : camel;
}

const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof var void while with yield`.split(/\s+/),
);

/** An object, each key on a line of its own. */
function expanded(object: object, depth: number): string {
  const inner = indent.repeat(depth + 1);
  const lines = Object.entries(object).map(
    ([key, value]) => `${inner}${key}: ${rendered(value, depth + 1, inner.length + key.length + 2)},\n`,
  );
  return `{\n${lines.join("")}${indent.repeat(depth)}}`;
}

/**
 * A value, on one line where there is room.
 * @param column where it begins.
 */
function rendered(value: unknown, depth: number, column: number): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return String(value).replace("e+", "e");
  const isColumns = Object.values(value).some((each) => typeof each === "object" && !Array.isArray(each));
  const line = flat(value);
  // A comma follows.
  if (!isColumns && column + widthOf(line) + 1 <= width) return line;
  return Array.isArray(value) ? listed(value, depth) : expanded(value, depth);
}

function flat(value: object): string {
  if (Array.isArray(value)) return `[${value.map((each) => rendered(each, 0, -Infinity)).join(", ")}]`;
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${rendered(each, 0, -Infinity)}`);
  return `{ ${entries.join(", ")} }`;
}

/** An array that has no room on a line: numbers fill the lines, others stand on a line each. */
function listed(values: readonly unknown[], depth: number): string {
  const inner = indent.repeat(depth + 1);
  const items = values.map((value) => `${rendered(value, depth + 1, inner.length)},`);
  const lines: string[] = [];
  const fills = values.length > 1 && values.every((value) => typeof value === "number");
  for (const item of items) {
    const last = lines.at(-1);
    if (fills && last !== undefined && inner.length + widthOf(last) + 1 + widthOf(item) <= width) {
      lines[lines.length - 1] = `${last} ${item}`;
    } else lines.push(item);
  }
  return `[\n${lines.map((line) => `${inner}${line}\n`).join("")}${indent.repeat(depth)}]`;
}

/** How wide text is: a column a character. (Prettier takes two for wide ones, such as Chinese.) */
function widthOf(text: string): number {
  return Array.from(text).length;
}

/** A string in double quotes, or in single ones where that spares escapes. */
function quoted(text: string): string {
  const double = JSON.stringify(text).replaceAll(
    /[\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16)}`,
  );
  const [doubles, singles] = [text.split('"').length, text.split("'").length];
  if (doubles <= singles) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
