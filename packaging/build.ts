import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import ts from "typescript";
import { commonjsFolder, entries } from "./entries.ts";
import { reachableDeclarations } from "./declarations.ts";

// Builds dist/: the modules that the entries of package.json lead to, and nothing of this project's own datasets,
// fixtures and program. Their declarations stand twice: as those of ES modules, and in a CommonJS scope beside a stub that
// requires the ES module, so that TypeScript sees in either kind of project what Node does there.

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

/** Modules that are started by their path, not imported. */
const started = ["cli/main.ts", "local/stream/kinesis-mock-preload.ts"];

await rm(dist, { recursive: true, force: true });
compile([...entries().map((entry) => `${entry}.ts`), ...started]);

const commonjs = join(root, commonjsFolder);
const declarations = await reachableDeclarations(dist, entries());
for (const [path, text] of declarations.kept) {
  // What a module does when it is loaded is no matter of types, and a CommonJS scope has other imports.
  const types = text.replaceAll('import "#node-version";\n', "");
  await write(join(dist, path), types);
  await write(join(commonjs, path), types);
}
for (const path of declarations.rest) await rm(join(dist, path));
await write(join(commonjs, "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
for (const entry of entries()) {
  const stub = join(commonjs, `${entry}.js`);
  const [esModule, nodeVersion] = [join(dist, `${entry}.js`), join(root, "needs", "node-version.cjs")].map(
    (target) => relative(join(stub, ".."), target).replaceAll("\\", "/"),
  );
  // The version first: an old Node can't require an ES module.
  await write(stub, `require("${nodeVersion}");\nmodule.exports = require("${esModule}");\n`);
}

function compile(files: readonly string[]): void {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.build.json"), (path) => ts.sys.readFile(path)).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram(
    files.map((file) => join(root, file)),
    options,
  );
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length === 0) return;
  const host = { getCurrentDirectory: () => root, getNewLine: () => "\n", getCanonicalFileName: String };
  console.error(ts.formatDiagnostics(problems, host));
  process.exit(1);
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
}
