import { QueryFailure } from "../parse/syntax-error.ts";
import type { Query } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import type { TrinoType } from "../types/trino-type.ts";
import type { Scan } from "./scan.ts";

/** A column that names can mean. */
export interface Field {
  /** Absent on columns without a name, which `SELECT *` shows as `_col0`. */
  readonly name?: string;
  /** What may stand before the name: `[table]` or `[database, table]`. */
  readonly relation: readonly string[];
  readonly type: TrinoType;
  readonly sql: string;
  readonly reads: ReadonlySet<string>;
  /** The partition columns of which this is an unchanged copy. */
  readonly partitionOf: readonly { readonly scan: Scan; readonly column: string }[];
  /** `"$path"`: found by its name, left out of `SELECT *`. */
  readonly hidden?: boolean;
  /** See `Typed.instantSql`. */
  readonly instantSql?: string;
}

export interface CommonTableBinding {
  readonly query: Query;
  readonly columns?: readonly string[];
  /** Where its own names are looked up. */
  readonly scope: Scope;
}

/** What names mean at one place of a statement. */
export interface Scope {
  readonly fields: readonly Field[];
  /** The query around this one. */
  readonly parent?: Scope;
  readonly commonTables?: ReadonlyMap<string, CommonTableBinding>;
  /** Named windows of the SELECT. */
  readonly windows?: ReadonlyMap<string, string>;
}

export const emptyScope: Scope = { fields: [] };

/**
 * The column that a name means, in this query or one around it.
 * @returns nothing when there is none.
 * @throws {QueryFailure} AMBIGUOUS_NAME when there are several.
 */
export function resolve(scope: Scope, parts: readonly string[], at: Position): Field | undefined {
  const name = parts.at(-1);
  const qualifier = parts.slice(0, -1);
  const found = scope.fields.filter((field) => field.name === name && isQualifiedBy(field, qualifier));
  if (found.length > 1)
    throw new QueryFailure("AMBIGUOUS_NAME", `Column '${parts.join(".")}' is ambiguous`, at);
  return found[0] ?? (scope.parent && resolve(scope.parent, parts, at));
}

export function isQualifiedBy(field: Field, qualifier: readonly string[]): boolean {
  if (qualifier.length > field.relation.length) return false;
  const tail = field.relation.slice(field.relation.length - qualifier.length);
  return qualifier.every((part, i) => part === tail[i]);
}

export function findCommonTable(scope: Scope | undefined, name: string): CommonTableBinding | undefined {
  if (!scope) return undefined;
  return scope.commonTables?.get(name) ?? findCommonTable(scope.parent, name);
}
