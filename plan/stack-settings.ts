import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { qualified, text } from "./project.ts";
import type { SourceLine } from "./source-position.ts";

/** A key of a stack's configuration, with its place in `Pulumi.<stack>.yaml`. */
export interface StackSetting extends SourceLine {
  /** As the engine hands it to the program. */
  value: string;
}

/**
 * What a stack's file sets, by the keys with their namespace (`shop:retentionHours`). Nothing where there is no such
 * file, or where it is no YAML: who runs the program is told of that.
 */
export async function stackSettings(
  folder: string,
  project: string,
  stack: string,
): Promise<Map<string, StackSetting>> {
  const file = `Pulumi.${stack}.yaml`;
  const content = await readFile(join(folder, file), "utf8").catch(() => "");
  const lineCounter = new LineCounter();
  const document = parseDocument(content, { lineCounter });
  const config = document.errors.length === 0 ? document.get("config") : undefined;
  const settings = new Map<string, StackSetting>();
  for (const { key, value } of isMap(config) ? config.items : []) {
    if (!isScalar(key) || !key.range) continue;
    const { line, col: column } = lineCounter.linePos(key.range[0]);
    const given = isScalar(value)
      ? value.value
      : (value as { toJS(doc: object): unknown } | null)?.toJS(document);
    settings.set(qualified(project, String(key.value)), { value: text(given), file, line, column });
  }
  return settings;
}
