import { existsSync, realpathSync } from "node:fs";
// By its default export: an older Node, which has no registerHooks, must get as far as the sentence about it.
import module, { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { EntryPoint } from "./entry-point.ts";

const require = createRequire(import.meta.url);
let evaluations = 0;

/**
 * Runs a program and gives what it exports, as Pulumi's language host does (@pulumi/pulumi, cmd/run/run.js): what an exported
 * function returns, the default export of an ES module, else all exports.
 *
 * Its modules are run anew, but for those of packages and those below `keptFolder`: Node keeps a module once it is loaded.
 * @param folder the project's.
 * @returns `exported`; the files that it imported so far; and a function that takes back what was changed in Node's loader.
 */
export function loadProgram(
  { main, loader, workingFolder }: EntryPoint,
  folder: string,
  keptFolder: string,
): { exported: () => Promise<unknown>; files: readonly string[]; restore: () => void } {
  const mark = `?evaluation=${++evaluations}`;
  const inProject = startsWith(folder);
  const isKept = startsWith(keptFolder);
  const files = [main];
  const hooks = module.registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      const isNew =
        context.parentURL?.endsWith(mark) === true &&
        inProject(found.url) &&
        !isKept(found.url) &&
        !found.url.includes("/node_modules/");
      if (!isNew) return found;
      files.push(fileURLToPath(found.url));
      return { ...found, url: found.url + mark };
    },
  });
  const cached = new Set(Object.keys(require.cache));
  const compilers = { ...require.extensions };
  return {
    files,
    exported: async () => {
      if (loader === "ts-node") compileOnRequire(workingFolder);
      const exported =
        loader === "ts-node" ? (require(main) as unknown) : await imported(main, mark, loader === "import");
      return typeof exported === "function" ? await (exported as () => unknown)() : exported;
    },
    restore: () => {
      hooks.deregister();
      for (const ending of Object.keys(require.extensions)) {
        if (!(ending in compilers)) delete require.extensions[ending];
      }
      Object.assign(require.extensions, compilers);
      for (const path of Object.keys(require.cache)) {
        if (!cached.has(path) && !path.includes("/node_modules/")) delete require.cache[path];
      }
    },
  };
}

/** Imports the program's file, whatever kind of module Node takes it for. */
async function imported(main: string, mark: string, isModule: boolean): Promise<unknown> {
  const exports = (await import(pathToFileURL(main).href + mark)) as object;
  if (isModule) return defaultOrAll(exports);
  const commonJs = require.cache[realpathSync(main)];
  return commonJs ? (commonJs.exports as unknown) : { ...exports };
}

function defaultOrAll(exports: object): unknown {
  if (!("default" in exports)) return { ...exports };
  if (Object.keys(exports).length === 1) return exports.default;
  throw new Error(
    "the program has a default export and named ones beside it: Pulumi takes the one or the others.",
  );
}

/**
 * Has `require` compile TypeScript by the ts-node and the TypeScript that Pulumi's language host would take, with the options
 * that it would give them. Types are not checked: that is `tsc`'s matter, and takes seconds.
 */
function compileOnRequire(workingFolder: string): void {
  const pulumi = require("@pulumi/pulumi/tsutils.js") as {
    typeScriptRequireStrings(): { tsnodeRequire: string; typescriptRequire: string };
    loadTypeScriptCompilerOptions(path: string): Record<string, unknown>;
  };
  const { tsnodeRequire, typescriptRequire } = pulumi.typeScriptRequireStrings();
  const project = join(workingFolder, "tsconfig.json");
  const tsNode = require(tsnodeRequire) as { register(options: object): void };
  tsNode.register({
    compiler: typescriptRequire,
    transpileOnly: true,
    project,
    skipProject: !existsSync(project),
    // Options that TypeScript 6 deprecates stand in the templates of Pulumi.
    ignoreDiagnostics: [5101, 5107],
    compilerOptions: {
      target: "ES2020",
      module: "nodenext",
      moduleResolution: "nodenext",
      sourceMap: true,
      ...pulumi.loadTypeScriptCompilerOptions(project),
    },
  });
}

function startsWith(folder: string): (url: string) => boolean {
  const prefix = pathToFileURL(join(realpathSync(folder), "/")).href;
  return (url) => url.startsWith(prefix);
}
