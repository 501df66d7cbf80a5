import assert from "node:assert/strict";
import { readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Checkpoint } from "../../../local/delivery/checkpoint.ts";
import { ObjectStore } from "../../../local/lake/object-store.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("a checkpoint", () => {
  const folder = temporaryFolder();
  const open = (configuration = "one", end = 7, start = 0) =>
    Checkpoint.open({
      path: join(folder(), "delivery.json"),
      store: store(),
      source: { start, end },
      configuration,
    });
  const store = () => new ObjectStore(join(folder(), "lake"));
  const staged = async (key: string) => {
    const file = await store().temporaryFile();
    await writeFile(file, key);
    return { bucket: "lake", key, file };
  };
  const keys = async () => (await store().list("lake")).map(({ key }) => key);

  it("starts at the end of the stream when the delivery stream is new, and stays there", async () => {
    assert.equal((await open("one", 7)).position, 7);
    assert.equal((await open("one", 9)).position, 7);
  });

  it("goes to the nearest record that the stream has, when its own is gone", async () => {
    await open("one", 7);
    assert.equal((await open("one", 20, 10)).position, 10);
    assert.equal((await open("one", 3)).position, 3);
  });

  it("brings committed objects into their places", async () => {
    const checkpoint = await open();
    await checkpoint.commit(6, [await staged("a"), await staged("b")]);
    assert.deepEqual(await keys(), []);
    await checkpoint.placeObjects();
    assert.deepEqual(await keys(), ["a", "b"]);
    assert.equal((await open()).position, 6);
  });

  it("brings the objects of a killed emulator into their places, also when it had begun to", async () => {
    const [first, second] = [await staged("a"), await staged("b")];
    await (await open()).commit(8, [first, second]);
    await store().adopt("lake", "a", first.file);
    await open();
    assert.deepEqual(await keys(), ["a", "b"]);
  });

  it("brings no object into its place that was not committed", async () => {
    await open();
    await staged("a");
    assert.equal((await open()).position, 7);
    assert.deepEqual(await keys(), []);
  });

  it("finds its files after the state folder was moved", async () => {
    await (await open()).commit(8, [await staged("a")]);
    const moved = `${folder()}-moved`;
    await rename(folder(), moved);
    const lake = new ObjectStore(join(moved, "lake"));
    await Checkpoint.open({
      path: join(moved, "delivery.json"),
      store: lake,
      source: { start: 0, end: 8 },
      configuration: "one",
    });
    assert.deepEqual(
      (await lake.list("lake")).map(({ key }) => key),
      ["a"],
    );
    await rename(moved, folder());
  });

  it("raises the version with each change of the configuration, as Firehose does", async () => {
    assert.equal((await open("one")).version, 1);
    assert.equal((await open("one")).version, 1);
    assert.equal((await open("two")).version, 2);
    assert.equal((await open("two")).version, 2);
  });

  it("keeps its old position when it can't be written", async () => {
    const checkpoint = await open();
    await rename(folder(), `${folder()}-away`);
    await assert.rejects(checkpoint.commit(8, []));
    await rename(`${folder()}-away`, folder());
    assert.equal(checkpoint.position, 7);
    assert.deepEqual(await readdir(folder()), ["delivery.json"]);
  });
});
