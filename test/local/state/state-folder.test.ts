import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openStateFolder, resetStateFolder } from "../../../local/state/state-folder.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("the state folder", () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), ".sluice", "local");

  it("is made with its version and opened again", async () => {
    await (await openStateFolder(path())).close();
    const state = await openStateFolder(path());
    assert.deepEqual(JSON.parse(await readFile(join(path(), "version.json"), "utf8")), { version: 2 });
    await state.close();
  });

  it("is refused to a second emulator, with the process that has it", async () => {
    const state = await openStateFolder(path());
    await assert.rejects(openStateFolder(path()), (error: Error) => {
      assert.equal(
        error.message,
        `Another emulator (process ${process.pid}) runs on the state folder "${path()}".\n` +
          "Wait until it ends, or stop it (Ctrl-C where it runs).",
      );
      return true;
    });
    await state.close();
  });

  it("is taken over from a process that is gone", async () => {
    const gone = spawnSync(process.execPath, ["--version"]).pid;
    await mkdir(path(), { recursive: true });
    await writeFile(join(path(), "lock"), JSON.stringify({ processId: gone }));
    const state = await openStateFolder(path());
    await state.close();
    assert.ok(!(await readdir(path())).some((name) => name.startsWith("lock")));
  });

  it("is taken over from a process whose id another process has now", async function () {
    if (process.platform !== "linux") this.skip();
    await mkdir(path(), { recursive: true });
    await writeFile(join(path(), "lock"), JSON.stringify({ processId: process.pid, startTime: "1" }));
    await (await openStateFolder(path())).close();
  });

  it("is taken over when the lock names no process", async () => {
    await mkdir(path(), { recursive: true });
    await writeFile(join(path(), "lock"), "");
    await (await openStateFolder(path())).close();
  });

  it("is refused when another version wrote it, and the lock is given back", async () => {
    await (await openStateFolder(path())).close();
    await writeFile(join(path(), "version.json"), '{"version":0}');
    const refused = (error: Error) => {
      assert.equal(
        error.message,
        `The state folder "${path()}" has version 0; this sluice reads version 2.\n` +
          "Remove it with `sluice local reset` (--stack names another than local), or go on with the sluice that made it.",
      );
      return true;
    };
    await assert.rejects(openStateFolder(path()), refused);
    await assert.rejects(openStateFolder(path()), refused);
  });

  it("loses what is meant for one run only", async () => {
    const state = await openStateFolder(path());
    await writeFile(join(state.scratch, "file"), "");
    await state.close();
    const again = await openStateFolder(path());
    assert.deepEqual(await readdir(again.scratch), []);
    await again.close();
  });
});

describe("reset", () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), "state");

  it("removes the folder", async () => {
    await (await openStateFolder(path())).close();
    assert.equal(await resetStateFolder(path()), true);
    assert.deepEqual(await readdir(folder()), []);
  });

  it("says when there is none", async () => {
    assert.equal(await resetStateFolder(path()), false);
  });

  it("removes a folder of another version", async () => {
    await mkdir(path());
    await writeFile(join(path(), "version.json"), '{"version":0}');
    assert.equal(await resetStateFolder(path()), true);
  });

  it("refuses while an emulator runs on it", async () => {
    const state = await openStateFolder(path());
    await assert.rejects(
      resetStateFolder(path()),
      /Another emulator \(process \d+\) runs on the state folder .*\nWait until it ends, or stop it/,
    );
    await state.close();
  });

  it("removes what a reset that was cut off had moved away", async () => {
    await mkdir(`${path()}.removing-1/lake`, { recursive: true });
    await (await openStateFolder(path())).close();
    await resetStateFolder(path());
    assert.deepEqual(await readdir(folder()), []);
  });

  it("lets one of many resets at once win, and leaves nothing half removed", async () => {
    await (await openStateFolder(path())).close();
    const resets = await Promise.allSettled(Array.from({ length: 8 }, () => resetStateFolder(path())));
    assert.ok(resets.some((reset) => reset.status === "fulfilled" && reset.value));
    assert.deepEqual(
      (await readdir(folder())).filter((name) => !name.includes(".removing-")),
      [],
    );
    await (await openStateFolder(path())).close();
  });

  it("says where it can't be written", async function () {
    // Root may write anywhere: what the system refuses to all is a folder below a file.
    if (process.getuid?.() === 0) this.skip();
    await mkdir(path(), { mode: 0o500 });
    await assert.rejects(openStateFolder(path()), /can't be written \(EACCES\)/);
  });

  it("refuses a folder that is no state folder", async () => {
    await mkdir(path());
    await writeFile(join(path(), "thesis.txt"), "precious");
    await assert.rejects(resetStateFolder(path()), /is not an emulator's state folder/);
    assert.deepEqual(await readdir(path()), ["thesis.txt"]);
  });
});
