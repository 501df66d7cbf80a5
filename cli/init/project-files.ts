import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { renderDeclaration } from "../../schema/infer/render.ts";
import type { InferredDataset } from "../../schema/infer/index.ts";
import { packageFolder } from "../../needs/own-package.ts";
import { manifestOf } from "./manifest.ts";

export interface ProjectOptions {
  /** The Pulumi project's name. */
  readonly name: string;
  /** Where it will lie, absolute: local packages are named relative to it. */
  readonly folder: string;
  /** What a file of events shows. Default: - the dataset `orders`. */
  readonly inferred?: InferredDataset | undefined;
}

/** npm leaves these files out of a package under their own name. */
const renamed: Readonly<Record<string, string>> = { gitignore: ".gitignore" };

/** The files of a new project, by their path in it. */
export async function projectFiles({ name, folder, inferred }: ProjectOptions): Promise<Map<string, string>> {
  const declaration = inferred && renderDeclaration(inferred, { importFrom: "sluice/dataset" });
  const words = {
    "sluice-project": name,
    // No event arrives before the project is there.
    "2026-11-01": new Date().toISOString().slice(0, 10),
    ...(inferred && datasetWords(inferred, declaration!)),
  };
  const files = new Map([["package.json", `${JSON.stringify(await manifestOf(name, folder), null, 2)}\n`]]);
  for (const template of ["project", inferred ? "events" : "orders"]) {
    const from = join(packageFolder(), "templates", template);
    for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const within = path.slice(from.length + 1).replaceAll("\\", "/");
      files.set(replaced(renamed[within] ?? within, words), replaced(await readFile(path, "utf8"), words));
    }
  }
  if (inferred) files.set(`datasets/${inferred.definition.name}.ts`, declaration!);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What stands for the names of an inferred dataset in templates/events. */
function datasetWords({ definition }: InferredDataset, declaration: string): Record<string, string> {
  return {
    "sampled-events": definition.name,
    sampled_events: definition.name.replaceAll("-", "_"),
    sampledEvents: /^export const (\w+)/m.exec(declaration)![1]!,
    sampled_id: definition.eventId,
    sampled_time: definition.eventTime,
  };
}

function replaced(text: string, words: Readonly<Record<string, string>>): string {
  return Object.entries(words).reduce((result, [word, by]) => result.replaceAll(word, by), text);
}
