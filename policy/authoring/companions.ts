import * as types from "./resource-types.ts";
import type { EvaluatedResource } from "./rule.ts";
import { isSet, isUnknown } from "./unknown.ts";

/** The resources that configure a bucket, of one kind, and the buckets that they belong to. */
export interface Companions {
  /** The companions of a bucket. */
  readonly of: (bucket: EvaluatedResource) => readonly EvaluatedResource[];
  /** Whether a companion exists whose bucket is not known yet, so that any bucket may be its own. */
  readonly someUnlinked: boolean;
}

/** All buckets of the stack. */
export function bucketsOf(resources: readonly EvaluatedResource[]): EvaluatedResource[] {
  return resources.filter(({ type }) => types.bucket.includes(type));
}

const joins = new WeakMap<readonly EvaluatedResource[], Map<string, Companions>>();

/**
 * The companions of the given types; joined once for a list of resources.
 * @param property the property that names the bucket
 */
export function companionsOf(
  resources: readonly EvaluatedResource[],
  companionTypes: readonly string[],
  property = "bucket",
): Companions {
  const known = joins.get(resources) ?? new Map<string, Companions>();
  joins.set(resources, known);
  const key = [...companionTypes, property].join(" ");
  const companions = known.get(key) ?? join(resources, companionTypes, property);
  known.set(key, companions);
  return companions;
}

/**
 * Joins companions to their buckets: by the bucket's name, and while that is unknown by the resource that the property
 * came from. Takes time in proportion to the number of resources.
 */
function join(
  resources: readonly EvaluatedResource[],
  companionTypes: readonly string[],
  property: string,
): Companions {
  const buckets = bucketsOf(resources);
  const byUrn = new Map(buckets.map((bucket) => [bucket.urn, bucket]));
  const byName = Map.groupBy(buckets, bucketName);
  const joined = new Map<string, EvaluatedResource[]>();
  let someUnlinked = false;
  for (const companion of resources) {
    if (!companionTypes.includes(companion.type)) continue;
    const byItsName = named(companion, property, byName);
    const found = byItsName?.length ? byItsName : (linked(companion, property, byUrn) ?? byItsName);
    if (found === undefined) someUnlinked = true;
    for (const { urn } of found ?? []) {
      const list = joined.get(urn);
      if (list) list.push(companion);
      else joined.set(urn, [companion]);
    }
  }
  return { of: ({ urn }) => joined.get(urn) ?? [], someUnlinked };
}

/** The bucket's name; undefined while it is unknown. */
function bucketName(bucket: EvaluatedResource): string | undefined {
  const { props } = bucket;
  for (const key of ["bucket", "id"]) {
    if (isSet(props, key) && !isUnknown(props, key)) return props[key] as string;
  }
  return undefined;
}

function linked(
  companion: EvaluatedResource,
  property: string,
  byUrn: ReadonlyMap<string, EvaluatedResource>,
): EvaluatedResource[] | undefined {
  const sources = companion.propertyDependencies[property] ?? [];
  const found = sources.flatMap(({ urn }) => byUrn.get(urn) ?? []);
  return found.length > 0 ? found : undefined;
}

/** Undefined when the companion's bucket is unknown; empty when it is a bucket of another stack. */
function named(
  companion: EvaluatedResource,
  property: string,
  byName: ReadonlyMap<string | undefined, EvaluatedResource[]>,
): EvaluatedResource[] | undefined {
  if (isUnknown(companion.props, property)) return undefined;
  const name = companion.props[property];
  return typeof name === "string" ? (byName.get(name) ?? []) : [];
}
