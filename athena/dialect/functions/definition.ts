import type { Typed } from "../analysis/typed.ts";
import type { Position } from "../parse/position.ts";
import type { TrinoType } from "../types/trino-type.ts";
import { parseSignature, type Bindings, type Signature } from "./signature.ts";

/** A call whose arguments fit a signature. */
export interface BoundCall {
  /** The arguments' SQL, converted to the parameters' types; lambdas as DuckDB writes them. */
  readonly sqls: readonly string[];
  /** The arguments as they were analyzed; absent for lambdas. */
  readonly values: readonly (Typed | undefined)[];
  readonly bindings: Bindings;
  /** When the query started. */
  readonly startedAt: Date;
  readonly at: Position;
  /** The constant string of an argument. @throws {QueryFailure} NOT_SUPPORTED when it is none. */
  text(index: number): string;
}

export interface Produced {
  readonly sql: string;
  /** Where the signature cannot say it. */
  readonly type?: TrinoType;
  readonly instantSql?: string;
}

export interface FunctionDefinition {
  readonly signature: Signature;
  /** DuckDB's SQL: `$1`, `$2`, ... are the arguments, `$*` all of them. */
  readonly sql: string | ((call: BoundCall) => string | Produced);
}

/** An aggregate function: it may have DISTINCT, ORDER BY, FILTER and OVER. */
export interface AggregateDefinition {
  readonly signature: Signature;
  /** DuckDB's aggregate. */
  readonly aggregate: string;
  /** The arguments that it gets, made of `$1`, `$2`, ... Default: `$*`. */
  readonly arguments?: string;
  /** What becomes of its value `$`; `$type` is the result's type. Default: nothing. */
  readonly result?: string;
  /** A further FILTER condition, made of `$1`, ... */
  readonly filter?: string;
  /** The result's type where the signature cannot say it. */
  readonly type?: (bindings: Bindings, values: readonly Typed[]) => TrinoType;
  /** Whether it needs an OVER. */
  readonly windowOnly?: boolean;
}

export function define(signature: string, sql: FunctionDefinition["sql"]): FunctionDefinition {
  return { signature: parseSignature(signature), sql };
}

export function aggregate(
  signature: string,
  name: string,
  more: Omit<AggregateDefinition, "signature" | "aggregate"> = {},
): AggregateDefinition {
  return { signature: parseSignature(signature), aggregate: name, ...more };
}

/** Definitions by function name. */
export function byName<Definition extends { signature: Signature }>(
  definitions: readonly Definition[],
): ReadonlyMap<string, readonly Definition[]> {
  return Map.groupBy(definitions, (definition) => definition.signature.name);
}
