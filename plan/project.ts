import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { entryPointOf, type EntryPoint } from "./entry-point.ts";
import { ProjectError } from "./project-error.ts";

export { ProjectError };

/** A Pulumi project folder and one of its stacks, as the CLI would read them. */
export interface StackFiles {
  folder: string;
  project: string;
  stack: string;
  program: EntryPoint;
  /** Configuration as the engine hands it to a program: text for every key. */
  config: Record<string, string>;
}

/** What a `Pulumi.yaml` says. */
export interface Project {
  readonly name: string;
  /** How Pulumi would run its program. @throws {ProjectError} when it names none, or one for another runtime than Node.js. */
  readonly program: () => Promise<EntryPoint>;
  /** The keys that it declares, as they stand there. */
  readonly config: Record<string, unknown>;
}

/**
 * Reads `Pulumi.yaml`.
 * @throws {ProjectError} when it is missing, is no YAML or gives no name.
 */
export async function readProject(folder: string): Promise<Project> {
  const file = join(folder, "Pulumi.yaml");
  const project = await readMapping(file, () => {
    throw new ProjectError(`${folder} holds no Pulumi.yaml. Run this in a Pulumi project's folder.`);
  });
  const { name, main } = project;
  if (typeof name !== "string" || name === "") throw new ProjectError(`${file} gives the project no name.`);
  return {
    name,
    program: async () => {
      const compiles = compilesTypeScript(project["runtime"], file);
      return entryPointOf(folder, typeof main === "string" && main !== "" ? main : undefined, compiles);
    },
    config: mapping(project["config"], file, "config"),
  };
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml`.
 * @throws {ProjectError} when one is missing, is no YAML, names no program or one for another runtime than Node.js,
 *   or holds a secret, which only the CLI can decrypt.
 */
export async function readStackFiles(folder: string, stack: string): Promise<StackFiles> {
  const project = await readProject(folder);
  const { name } = project;
  const stackFile = await readMapping(join(folder, `Pulumi.${stack}.yaml`), async () => {
    const stacks = await stacksOf(folder);
    throw new ProjectError(`no stack "${stack}": ${folder} has ${stacks.join(", ") || "none"}.`);
  });
  const program = await project.program();

  const config: Record<string, string> = {};
  for (const [key, declared] of Object.entries(project.config)) {
    const value = (declared as { default?: unknown; value?: unknown } | null) ?? {};
    const fallback = value.value ?? value.default;
    if (fallback !== undefined) config[qualified(name, key)] = text(fallback);
  }
  for (const [key, value] of Object.entries(mapping(stackFile["config"], `Pulumi.${stack}.yaml`, "config"))) {
    if (typeof value === "object" && value !== null && "secure" in value) {
      throw new ProjectError(
        `Pulumi.${stack}.yaml: ${key} is a secret, and only the Pulumi CLI can decrypt it. ` +
          "Use `pulumi preview` for this stack, or keep the secret out of its configuration.",
      );
    }
    config[qualified(name, key)] = text(value);
  }
  return { folder, project: name, stack, program, config };
}

/**
 * The Pulumi project that a command is called in: the nearest folder, from a folder upwards, that holds a Pulumi.yaml.
 * Undefined where there is none.
 */
export function projectFolderFrom(folder: string): string | undefined {
  for (let current = resolve(folder); ; current = dirname(current)) {
    if (existsSync(join(current, "Pulumi.yaml"))) return current;
    if (current === dirname(current)) return undefined;
  }
}

/** The stacks that a project folder has a file for. */
export async function stacksOf(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}

async function readMapping(
  path: string,
  missing: () => never | Promise<never>,
): Promise<Record<string, unknown>> {
  const content = await readFile(path, "utf8").catch(missing);
  let value: unknown;
  try {
    value = parse(content);
  } catch (error) {
    throw new ProjectError(`${path} is not YAML: ${(error as Error).message.split("\n")[0]}`);
  }
  return mapping(value, path, "the file");
}

/** A YAML mapping; nothing at all counts as an empty one. */
function mapping(value: unknown, path: string, what: string): Record<string, unknown> {
  const given = value ?? {};
  if (typeof given === "object" && !Array.isArray(given)) return given as Record<string, unknown>;
  throw new ProjectError(`${path}: ${what} is no mapping of keys to values.`);
}

/** The option `typescript` of the runtime, which Pulumi takes to be true. @throws {ProjectError} for another runtime. */
function compilesTypeScript(runtime: unknown, projectFile: string): boolean {
  if (runtime === undefined || runtime === null || runtime === "") {
    throw new ProjectError(`${projectFile} names no runtime. Add the line "runtime: nodejs".`);
  }
  const { name, options } = (typeof runtime === "string" ? { name: runtime } : runtime) as {
    name?: unknown;
    options?: { typescript?: unknown } | null;
  };
  if (name === "nodejs") return options?.typescript !== false;
  throw new ProjectError(
    `${projectFile}: the runtime is ${JSON.stringify(name)}. sluice evaluates programs in TypeScript and JavaScript: ` +
      "runtime nodejs.",
  );
}

/** A configuration key with its namespace, which is the project's where none is written. */
export function qualified(project: string, key: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

/** A configuration value as the engine hands it to a program. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
