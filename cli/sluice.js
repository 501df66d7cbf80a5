#!/usr/bin/env node
// Starts the command: the TypeScript sources in a checkout, the compiled ones in an installed package.
import { existsSync } from "node:fs";
import module from "node:module";

try {
  await import("#node-version");
} catch (error) {
  console.error(error.message);
  process.exit(2);
}

module.enableCompileCache();
const source = new URL("main.ts", import.meta.url);
const inPackage = import.meta.url.includes("/node_modules/") || !existsSync(source);
const { main } = await import(inPackage ? new URL("../dist/cli/main.js", import.meta.url).href : source.href);
await main(process.argv);
