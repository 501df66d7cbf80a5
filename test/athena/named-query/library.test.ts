import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownDatasets } from "../../helpers/own-datasets.ts";
import { queriesOf } from "../../../athena/named-query/library.ts";
import { queryFolder } from "../../../athena/named-query/query-folder.ts";

describe("the query library", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "queries-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("has a dataset's folder beside Pulumi.yaml, sorted by name", async () => {
    for (const dataset of await ownDatasets()) {
      const names = queriesOf(dataset).map(({ name }) => name);
      assert.deepEqual(names, [...names].sort());
    }
  });

  it("has queries that need no parameter", async () => {
    for (const { name, parameters } of (await ownDatasets()).flatMap((dataset) => queriesOf(dataset))) {
      assert.ok(
        parameters.every((parameter) => parameter.default !== undefined),
        name,
      );
    }
  });

  it("names every mistake of every file at once", async () => {
    const text = "-- name: first\n-- description: A question.\nSELECT 1\n";
    await writeFile(join(folder, "other.sql"), text);
    await writeFile(join(folder, "second.sql"), text.replace("first", "Second"));
    assert.throws(
      () => queriesOf({ name: "access-log" }, folder),
      /other\.sql:1: .*must be called first\.sql\.\n.*second\.sql:1: name "Second"/,
    );
  });

  it("is found from any folder of the project, and is empty where a dataset has none", async () => {
    await mkdir(join(folder, "infra", "deep"), { recursive: true });
    await mkdir(join(folder, "queries", "orders"), { recursive: true });
    assert.equal(queryFolder("orders", join(folder, "infra", "deep")), undefined);
    await writeFile(join(folder, "Pulumi.yaml"), "name: shop");
    assert.deepEqual(queryFolder("orders", join(folder, "infra", "deep")), {
      root: folder,
      folder: join(folder, "queries", "orders"),
    });
    assert.equal(queryFolder("returns", folder), undefined);
    assert.deepEqual(queriesOf({ name: "returns" }), []);
  });

  it("says which folder is not there, when one was named", () => {
    assert.throws(() => queriesOf({ name: "orders" }, join(folder, "none")), /ENOENT.*none/);
  });
});
