import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./sources.ts";

/**
 * A file of the real input that lies beside the project where it is developed. A user's clone has none: the test is
 * skipped then, and says so.
 */
export function sharedData(name: string, test: Mocha.Context): string {
  const path = join(root, "../shared/data", name);
  if (!existsSync(path)) {
    console.log(`      skipped: there is no ../shared/data/${name}`);
    test.skip();
  }
  return path;
}
