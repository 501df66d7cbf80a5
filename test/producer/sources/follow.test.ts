import assert from "node:assert/strict";
import { appendFile, rename, truncate, unlink, writeFile } from "node:fs/promises";
import { accessLog } from "../../../datasets/access-log.ts";
import { followFile } from "../../../producer/sources/follow.ts";
import { temporaryFolder } from "../helpers/files.ts";

const folder = temporaryFolder();
let made = 0;
const text = (...numbers: number[]) => numbers.map((n) => `{"n":${n}}\n`).join("");

/** Follows a file until that many events came, committing each round or not. */
async function followed(
  path: string,
  count: number,
  { commit = true, meanwhile = [] as (() => Promise<void>)[] } = {},
) {
  const controller = new AbortController();
  const seen: { n: string; line: number }[] = [];
  const rounds = followFile(path, {
    dataset: accessLog,
    checkpointFile: `${path}.checkpoint`,
    signal: controller.signal,
    pollMilliseconds: 1,
    rotationGraceMilliseconds: 5,
  });
  const changes = [...meanwhile];
  for await (const round of rounds) {
    seen.push(...round.events.map(({ line, place }) => ({ n: line, line: place?.lineNumber ?? 0 })));
    if (commit) await round.commit();
    await changes.shift()?.();
    if (seen.length >= count) controller.abort();
  }
  return seen.map(({ n, line }) => `${n.replace(/\D/g, "")}@${line}`);
}
const newPath = () => folder.path(`log-${++made}`);

describe("a followed file", () => {
  it("is read from its start, then as it grows, whole lines only", async () => {
    const path = newPath();
    await writeFile(path, `${text(1, 2)}{"n":`);
    const meanwhile = [() => appendFile(path, `3}\n${text(4)}`)];
    assert.deepEqual(await followed(path, 4, { meanwhile }), ["1@1", "2@2", "3@3", "4@4"]);
  });

  it("goes on at the checkpoint, and hands out again what was not committed", async () => {
    const path = newPath();
    await writeFile(path, text(1, 2));
    assert.deepEqual(await followed(path, 2), ["1@1", "2@2"]);
    await appendFile(path, text(3));
    assert.deepEqual(await followed(path, 1, { commit: false }), ["3@3"]);
    assert.deepEqual(await followed(path, 1), ["3@3"]);
  });

  it("is followed across rotation: the old file to its end, then the new one from its start", async () => {
    const path = newPath();
    await writeFile(path, text(1));
    const meanwhile = [
      async () => {
        await rename(path, `${path}.1`);
        await appendFile(`${path}.1`, `${text(2)}{"n":3}`);
        await writeFile(path, text(4, 5));
      },
    ];
    assert.deepEqual(await followed(path, 5, { meanwhile }), ["1@1", "2@2", "3@3", "4@1", "5@2"]);
  });

  it("may have been rotated twice while nobody followed", async () => {
    const path = newPath();
    await writeFile(path, text(1, 2));
    await followed(path, 2);
    await appendFile(path, text(3));
    await rename(path, `${path}.2`);
    await new Promise((resolve) => setTimeout(resolve, 25));
    await writeFile(`${path}.1`, text(4));
    await writeFile(`${path}.3.gz`, "not read");
    await writeFile(path, text(5));
    assert.deepEqual(await followed(path, 3), ["3@3", "4@1", "5@1"]);
  });

  it("begins again when it was truncated, also when it has grown past the checkpoint since", async () => {
    const path = newPath();
    await writeFile(path, text(1, 2, 3));
    const meanwhile = [
      async () => {
        await truncate(path);
        await appendFile(path, text(4));
      },
      () => writeFile(path, text(5, 6, 7, 8, 9)),
    ];
    assert.deepEqual(await followed(path, 9, { meanwhile }), [
      "1@1",
      "2@2",
      "3@3",
      "4@1",
      "5@1",
      "6@2",
      "7@3",
      "8@4",
      "9@5",
    ]);
  });

  it("may not be there yet, or for a while", async () => {
    const path = newPath();
    setTimeout(() => void writeFile(path, text(1)), 5);
    const meanwhile = [
      async () => {
        await unlink(path);
        setTimeout(() => void writeFile(path, text(2)), 5);
      },
    ];
    assert.deepEqual(await followed(path, 2, { meanwhile }), ["1@1", "2@1"]);
  });

  it("may hold a line that is longer than what is read at a time; the next one is read", async () => {
    const path = newPath();
    await writeFile(path, `${text(1)}"${"x".repeat(9_000_000)}"\n${text(2)}`);
    const seen = await followed(path, 3);
    assert.deepEqual([seen[0], seen.at(-1)], ["1@1", "2@3"]);
    assert.equal(seen.length, 3);
  });

  it("refuses a checkpoint that is none", async () => {
    const path = newPath();
    await writeFile(path, text(1));
    await writeFile(`${path}.checkpoint`, "{");
    await assert.rejects(followed(path, 1), /is no checkpoint\. Remove it to send the file from its start\./);
  });
});
