import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder before each test, removed after it. @returns a function that gives its path. */
export function temporaryFolder(): () => string {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}
