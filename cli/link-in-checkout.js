// Run by npm `prepare`: npm links the commands of dependencies only, and without a link `npx sluice` in a checkout
// would install the whole package once more, elsewhere.
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../node_modules/.bin/", import.meta.url));
if (existsSync(fileURLToPath(new URL("../.git", import.meta.url))) && process.platform !== "win32") {
  mkdirSync(bin, { recursive: true });
  rmSync(`${bin}sluice`, { force: true });
  symlinkSync("../../cli/sluice.js", `${bin}sluice`);
}
