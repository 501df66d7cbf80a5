import type { TrinoType } from "../types/trino-type.ts";
import type { Field } from "./scope.ts";

/** An expression after analysis: DuckDB's SQL for it, and what is known about its value. */
export interface Typed {
  readonly sql: string;
  readonly type: TrinoType;
  /** The table columns that must be read for it, as `scan:column`. */
  readonly reads: ReadonlySet<string>;
  /** The value, where it is a constant string. */
  readonly text?: string;
  /** Whether it is a literal, or NULL. */
  readonly constant?: boolean;
  /** Computed from a literal such as 1.5, which is decimal in Trino and was measured as double in Athena. */
  readonly decimalLiteral?: boolean;
  /** The instant of a value whose `sql` would fail on rows with another zone than the type's. */
  readonly instantSql?: string;
  /** The column that it is, where it is no more than a column. */
  readonly field?: Field;
  readonly hasAggregate?: boolean;
  readonly hasWindow?: boolean;
}

const nothing: ReadonlySet<string> = new Set();

export function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const filled = sets.filter((set) => set.size > 0);
  if (filled.length <= 1) return filled[0] ?? nothing;
  return new Set(filled.flatMap((set) => [...set]));
}

/** A value computed from others. */
export function computed(
  type: TrinoType,
  sql: string,
  parts: readonly Typed[],
  more: Partial<Typed> = {},
): Typed {
  return {
    sql,
    type,
    reads: union(parts.map((part) => part.reads)),
    ...(parts.some((part) => part.hasAggregate) && { hasAggregate: true }),
    ...(parts.some((part) => part.hasWindow) && { hasWindow: true }),
    ...more,
  };
}
