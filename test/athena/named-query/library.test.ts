import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { datasets } from "../../../datasets/index.ts";
import { allQueries, queriesOf, queryNamed } from "../../../athena/named-query/library.ts";
import { queryFolder } from "../../../athena/named-query/query-folder.ts";

describe("the query library", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "queries-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("has five questions or more for each dataset, and duplicates", () => {
    for (const dataset of datasets.keys()) {
      const names = queriesOf(dataset).map(({ name }) => name);
      assert.ok(names.length >= 6, dataset);
      assert.ok(names.includes("duplicates"), dataset);
      assert.deepEqual(names, [...names].sort());
    }
  });

  it("can answer each query without any parameter given", () => {
    for (const { name, parameters } of allQueries()) {
      assert.ok(
        parameters.every((parameter) => parameter.default !== undefined),
        name,
      );
    }
  });

  it("finds a query by its name, by dataset and name, and says what there is", () => {
    assert.equal(queryNamed("conversion_funnel").dataset, "clickstream");
    assert.equal(queryNamed("clickstream/top_pages").dataset, "clickstream");
    assert.equal(queryNamed("top_pages", "access-log").dataset, "access-log");
    assert.throws(() => queryNamed("top_pages"), /several.*access-log\/top_pages, clickstream\/top_pages/);
    assert.throws(() => queryNamed("tops", "risk-event"), /no query "tops"\. There are .*top_losses/);
    assert.throws(() => queryNamed("top_pages", "weather"), /no dataset "weather"/);
  });

  it("names every mistake of every file at once", async () => {
    await mkdir(join(folder, "access-log"));
    const text = "-- name: first\n-- description: A question.\nSELECT 1\n";
    await writeFile(join(folder, "access-log", "other.sql"), text);
    await writeFile(join(folder, "access-log", "second.sql"), text.replace("first", "Second"));
    assert.throws(
      () => queriesOf("access-log", folder),
      /other\.sql:1: .*must be called first\.sql\.\n.*second\.sql:1: name "Second"/,
    );
  });

  it("finds its files from where the compiler and a bundler put its modules", async () => {
    await mkdir(join(folder, "dist", "queries"), { recursive: true });
    await mkdir(join(folder, "queries"));
    await writeFile(join(folder, "package.json"), "{}");
    assert.equal(queryFolder(join(folder, "dist", "queries")), join(folder, "queries"));
    assert.throws(() => queryFolder(tmpdir()), /No folder queries\/ beside a package\.json/);
  });
});
