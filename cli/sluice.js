#!/usr/bin/env node
// Starts the command: the TypeScript sources in a checkout, the compiled ones in an installed package.
import { existsSync } from "node:fs";
import module from "node:module";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `sluice needs Node 22.18 or later, this is ${process.version}. In a checkout, \`npm run sluice -- ...\` and ` +
      "`npx sluice ...` bring their own Node.",
  );
  process.exit(2);
}

module.enableCompileCache();
const source = new URL("main.ts", import.meta.url);
const inPackage = import.meta.url.includes("/node_modules/") || !existsSync(source);
const { main } = await import(inPackage ? new URL("../dist/cli/main.js", import.meta.url).href : source.href);
await main(process.argv);
