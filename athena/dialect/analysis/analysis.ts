import { randomUUID } from "node:crypto";
import type { CatalogTable } from "../catalog.ts";
import type { Expression, Query, SortItem } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import type { Scan } from "./scan.ts";
import type { Field, Scope } from "./scope.ts";
import type { Typed } from "./typed.ts";

/** A query after analysis. */
export interface AnalyzedQuery {
  readonly sql: string;
  /** `sql` names them c0, c1, ... */
  readonly columns: readonly OutputColumn[];
  /** What must be read whichever columns are used. */
  readonly reads: ReadonlySet<string>;
}

export type OutputColumn = Pick<Field, "name" | "type" | "reads" | "partitionOf">;

/** The rules of the analysis that call each other. */
export interface AnalysisRules {
  expression(expression: Expression, scope: Scope, analysis: Analysis): Typed;
  query(query: Query, scope: Scope, analysis: Analysis): AnalyzedQuery;
  sortItems(items: readonly SortItem[], scope: Scope, analysis: Analysis): { sql: string; parts: Typed[] };
}

export interface AnalysisOptions {
  /** @throws {QueryFailure} SCHEMA_NOT_FOUND, TABLE_NOT_FOUND, or what access control says. */
  readonly findTable: (name: readonly string[], at: Position) => CatalogTable;
  /** What `?` stands for. */
  readonly parameters: readonly Expression[];
  /** What `now()` is. */
  readonly startedAt: Date;
}

/** What the analysis of one statement shares: the scans it finds, names it gives, and its own rules. */
export class Analysis {
  readonly scans: Scan[] = [];
  readonly options: AnalysisOptions;
  readonly #rules: AnalysisRules;
  readonly #mark = randomUUID();
  #aliases = 0;

  constructor(rules: AnalysisRules, options: AnalysisOptions) {
    this.#rules = rules;
    this.options = options;
  }

  expression(expression: Expression, scope: Scope): Typed {
    return this.#rules.expression(expression, scope, this);
  }

  query(query: Query, scope: Scope): AnalyzedQuery {
    return this.#rules.query(query, scope, this);
  }

  sortItems(items: readonly SortItem[], scope: Scope): { sql: string; parts: Typed[] } {
    return this.#rules.sortItems(items, scope, this);
  }

  /** A name that no other relation of the statement has. */
  alias(): string {
    return `r${this.#aliases++}`;
  }

  addScan(table: CatalogTable): Scan {
    const id = this.scans.length;
    const scan = { id, table, placeholder: `scan-${id}-${this.#mark}`, partitionPredicates: [] };
    this.scans.push(scan);
    return scan;
  }
}

/** Names the columns c0, c1, ... of a relation. */
export function columnSql(alias: string, index: number): string {
  return `${alias}.c${index}`;
}
