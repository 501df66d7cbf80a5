import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { fileValues } from "../../../producer/sources/file-values.ts";
import { duckdbTypeOf } from "../../../schema/duckdb-types.ts";
import { inferDataset } from "../../../schema/infer/index.ts";
import { sharedData } from "../../helpers/shared-data.ts";

/** Each column's type as we infer it and as DuckDB does, where they differ. */
async function differences(
  path: string,
  reader: string,
): Promise<Record<string, readonly [ours: string, duckdb: string]>> {
  const { definition } = await inferDataset(fileValues(path), { name: "orders" });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const described = await connection.runAndReadAll(
    `DESCRIBE SELECT * FROM ${reader}('${path}', sample_size = -1)`,
  );
  const duckdb = new Map(described.getRows().map(([name, type]) => [String(name), String(type)]));
  connection.closeSync();
  instance.closeSync();
  const ours = Object.entries(definition.columns).filter(([name]) => duckdb.has(name));
  assert.equal(ours.length, duckdb.size, "every key is a column");
  return Object.fromEntries(
    ours
      .map(
        ([name, { type }]) =>
          [name, [duckdbTypeOf(type).replaceAll('"', ""), duckdb.get(name)!.replaceAll('"', "")]] as const,
      )
      .filter(([, [one, other]]) => one !== other),
  );
}

describe("what DuckDB infers", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-infer-"));
  });
  after(() => rm(folder, { recursive: true }));

  const same = async (name: string, lines: readonly string[], reader: string) => {
    const path = join(folder, name);
    await writeFile(path, lines.map((line) => `${line}\n`).join(""));
    return differences(path, reader);
  };

  it("of the real access log is the same, but that it knows no int", async function () {
    const found = await differences(sharedData("access.ndjson.gz", this), "read_json_auto");
    assert.deepEqual(found, { status: ["INTEGER", "BIGINT"], bytes: ["INTEGER", "BIGINT"] });
  });

  it("of nested events is the same, but for what Firehose reads in another way", async () => {
    const line = (n: number) =>
      JSON.stringify({
        id: `e${n}`,
        at: "2026-11-20T10:00:00Z",
        day: "2026-11-20",
        spaced: "2026-11-20 10:00:00",
        offset: "2026-11-20T10:00:00+02:00",
        large: 2 ** 40 + n,
        ratio: n / 8,
        ok: n % 2 === 0,
        tags: n % 2 ? [] : ["a"],
        place: { city: "Rom", ...(n % 3 && { at: { lat: 1.5, lon: n + 0.5 } }) },
        lines: [{ sku: "a", price: 1.25 }, { sku: "b" }],
        mixed: n % 2 ? `x${n}` : n + 0.5,
        wrapped: n % 2 ? { a: 1 } : "a",
        nothing: null,
        counts: { [`2026-${n}`]: 2 ** 40 },
        small: n,
      });
    assert.deepEqual(
      await same(
        "nested.ndjson",
        Array.from({ length: 300 }, (_, n) => line(n)),
        "read_json_auto",
      ),
      {
        // Firehose reads no offset: such a column would be empty, and its events in the error output.
        offset: ["VARCHAR", "TIMESTAMP"],
        // DuckDB has a type for any JSON; a Glue table has none.
        mixed: ["VARCHAR", "JSON"],
        wrapped: ["VARCHAR", "JSON"],
        nothing: ["VARCHAR", "JSON"],
        // It knows no int in JSON.
        small: ["INTEGER", "BIGINT"],
      },
    );
  });

  it("of CSV is the same, but for ints and money", async () => {
    const lines = Array.from(
      { length: 50 },
      (_, n) =>
        `o${n},2026-11-20 10:00:${10 + n},2026-11-20,${n}.50,${Math.sqrt(n + 2)},${n},${2 ** 40},${n % 2 === 0}`,
    );
    assert.deepEqual(
      await same("orders.csv", ["id,at,day,price,ratio,n,large,ok", ...lines], "read_csv_auto"),
      {
        price: ["DECIMAL(18,2)", "DOUBLE"],
        n: ["INTEGER", "BIGINT"],
      },
    );
  });
});
