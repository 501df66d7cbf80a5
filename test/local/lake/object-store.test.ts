import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { ObjectStore } from "../../../local/lake/object-store.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("the object store", () => {
  const folder = temporaryFolder();
  const store = () => new ObjectStore(join(folder(), "lake"));
  const keysOf = async (prefix?: string) => (await store().list("bucket", prefix)).map(({ key }) => key);

  it("gives back what was put, under any keys, and lists them by any prefix in order", async () => {
    let run = 0;
    const part = fc.stringMatching(/^[a-c=.-]{1,3}$/).filter((text) => text !== "." && text !== "..");
    // A key that is a folder of another can't be a file too: here the last part tells files from folders.
    const key = fc.array(part, { maxLength: 3 }).map((parts) => [...parts, "file"].join("/"));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(key, { maxLength: 6 }),
        fc.stringMatching(/^[a-c/]{0,4}$/),
        async (keys, prefix) => {
          const objects = new ObjectStore(join(folder(), String(run++)));
          for (const name of keys) await objects.put("bucket", name, name);
          const found = await objects.list("bucket", prefix);
          assert.deepEqual(
            found.map((object) => object.key),
            keys.filter((name) => name.startsWith(prefix)).sort(),
          );
          for (const { key: name, sizeBytes } of found) {
            assert.equal((await objects.get("bucket", name)).toString(), name);
            assert.equal(sizeBytes, name.length);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("lists nothing in a bucket without objects", async () => {
    assert.deepEqual(await keysOf(), []);
  });

  it("replaces an object as a whole", async () => {
    await store().put("bucket", "a", "long text");
    await store().put("bucket", "a", "short");
    assert.equal((await store().get("bucket", "a")).toString(), "short");
    assert.deepEqual(await readdir(join(folder(), "lake", ".incoming")), []);
  });

  it("shows a file only when it is adopted", async () => {
    const file = await store().temporaryFile();
    await writeFile(file, "text");
    assert.deepEqual(await keysOf(), []);
    await store().adopt("bucket", "x/y", file);
    assert.deepEqual(await keysOf(), ["x/y"]);
  });

  it("forgets files that were never adopted", async () => {
    await writeFile(await store().temporaryFile(), "text");
    await store().removeIncoming();
    assert.deepEqual(await readdir(join(folder(), "lake")), []);
  });

  for (const key of ["", "/a", "a//b", "a/", "../a", "a/../b", "./a", "a\0b"]) {
    it(`refuses the key ${JSON.stringify(key)}, which no file can have`, () => {
      assert.throws(
        () => store().pathOf("bucket", key),
        /can't be kept as a file: each part between slashes/,
      );
    });
  }

  it("leaves nothing behind when an object can't be put", async () => {
    await store().put("bucket", "a", "text");
    await assert.rejects(store().put("bucket", "a/b", "text"));
    assert.deepEqual(await readdir(join(folder(), "lake", ".incoming")), []);
  });
});
