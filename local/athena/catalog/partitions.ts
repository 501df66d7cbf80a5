import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { ObjectStore, StoredObject } from "../../lake/object-store.ts";
import { QueryFailure } from "../../../athena/dialect/parse/syntax-error.ts";
import type { CatalogTable } from "../../../athena/dialect/catalog.ts";

/** A partition of a table that has a folder in the lake. */
export interface Partition {
  readonly bucket: string;
  /** Where its objects lie, with a slash at the end. */
  readonly prefix: string;
  /** By partition column, as text. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * The partitions that Athena would find: those that the projection generates at `now` and that the lake holds. A table
 * without partition columns is one partition; one without projection has no partitions, since the plan declares none.
 * @throws {QueryFailure} HIVE_METASTORE_ERROR for a projection that Athena refuses.
 */
export async function partitionsOf(
  table: CatalogTable,
  objects: ObjectStore,
  now: Date,
): Promise<Partition[]> {
  if (table.partitionKeys.length === 0) {
    const { bucket, key } = parseLocation(table.location);
    return [{ bucket, prefix: key === "" ? "" : key.replace(/\/?$/, "/"), values: {} }];
  }
  const { projection } = table;
  if (!projection) return [];
  if (projection.problem !== undefined) throw new QueryFailure("HIVE_METASTORE_ERROR", projection.problem);
  const { bucket, key } = parseLocation(projection.template);
  const found = await walk(
    objects,
    bucket,
    "",
    key.split("/").filter((part) => part !== ""),
    {},
  );
  return found.filter(({ values }) =>
    [...projection.columns].every(([column, rule]) => rule.contains(values[column] ?? "", now)),
  );
}

function parseLocation(location: string): { bucket: string; key: string } {
  const [, bucket, key = ""] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location) ?? [];
  if (bucket === undefined) throw new QueryFailure("HIVE_METASTORE_ERROR", `"${location}" is no S3 location`);
  return { bucket, key };
}

/** Follows the template's folders; where one holds a column, every folder of the lake that fits is a value. */
async function walk(
  objects: ObjectStore,
  bucket: string,
  prefix: string,
  segments: readonly string[],
  values: Readonly<Record<string, string>>,
): Promise<Partition[]> {
  const [segment, ...rest] = segments;
  if (segment === undefined) return [{ bucket, prefix, values }];
  if (!segment.includes("${")) return walk(objects, bucket, `${prefix}${segment}/`, rest, values);
  const { pattern, columns } = segmentPattern(segment);
  const folder = dirname(objects.pathOf(bucket, `${prefix}x`));
  const entries = await readdir(folder, { withFileTypes: true }).catch(ignoreMissing);
  const found: Partition[] = [];
  for (const entry of entries) {
    const match = entry.isDirectory() ? pattern.exec(entry.name) : null;
    if (!match) continue;
    const more = Object.fromEntries(columns.map((column, i) => [column, match[i + 1] ?? ""]));
    found.push(...(await walk(objects, bucket, `${prefix}${entry.name}/`, rest, { ...values, ...more })));
  }
  return found.sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
}

function segmentPattern(segment: string): { pattern: RegExp; columns: string[] } {
  const columns: string[] = [];
  const parts = segment.split(/(\$\{[^}]+\})/).map((part) => {
    const column = /^\$\{([^}]+)\}$/.exec(part)?.[1];
    if (column === undefined) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    columns.push(column);
    return "(.+?)";
  });
  return { pattern: new RegExp(`^${parts.join("")}$`), columns };
}

function ignoreMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === "ENOENT") return [];
  throw error;
}

/** How many partitions are listed one by one before one listing of the whole bucket is cheaper. */
const listedOneByOne = 16;

/** The objects of each partition. Hive reads no file whose name starts with `_` or `.`, and nothing empty. */
export async function objectsOf(
  partitions: readonly Partition[],
  objects: ObjectStore,
): Promise<{ partition: Partition; objects: StoredObject[] }[]> {
  const bucket = partitions[0]?.bucket;
  if (bucket === undefined) return [];
  const isData = ({ key, sizeBytes }: StoredObject) => sizeBytes > 0 && !/(^|\/)[_.][^/]*$/.test(key);
  if (partitions.length <= listedOneByOne) {
    return Promise.all(
      partitions.map(async (partition) => ({
        partition,
        objects: (await objects.list(bucket, partition.prefix)).filter(isData),
      })),
    );
  }
  const byPrefix = new Map(
    partitions.map((partition) => [partition.prefix, { partition, objects: [] as StoredObject[] }]),
  );
  for (const object of await objects.list(bucket, commonPrefix(partitions.map(({ prefix }) => prefix)))) {
    const inPartition = byPrefix.get(longestKnownPrefix(object.key, byPrefix));
    if (inPartition && isData(object)) inPartition.objects.push(object);
  }
  return [...byPrefix.values()];
}

function longestKnownPrefix(key: string, known: ReadonlyMap<string, unknown>): string {
  for (let end = key.lastIndexOf("/"); end >= 0; end = key.lastIndexOf("/", end - 1)) {
    const prefix = key.slice(0, end + 1);
    if (known.has(prefix)) return prefix;
    if (end === 0) break;
  }
  return "";
}

function commonPrefix(texts: readonly string[]): string {
  const [first = "", last = ""] = [texts[0], texts.at(-1)];
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return first.slice(0, first.lastIndexOf("/", length) + 1);
}
