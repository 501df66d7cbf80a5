import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What all tests of a run share: installing takes a minute. Outside of the checkout, whose packages must not be found. */
export const folder = mkdtempSync(join(tmpdir(), "sluice-package-"));

export const mochaHooks = {
  afterAll: () => rmSync(folder, { recursive: true, force: true }),
};
