import type { Expression, Query } from "./syntax-tree.ts";

/** What Athena is to do. */
export type Statement =
  | { readonly kind: "select"; readonly query: Query; readonly parameterCount: number }
  | { readonly kind: "explain"; readonly statement: Statement; readonly parameterCount: number }
  | { readonly kind: "showTables"; readonly database?: string; readonly pattern?: string }
  | { readonly kind: "showDatabases"; readonly pattern?: string }
  | {
      readonly kind: "showColumns" | "showPartitions" | "showCreateTable" | "showProperties" | "describe";
      readonly table: readonly string[];
    }
  | { readonly kind: "prepare"; readonly name: string; readonly text: string }
  | { readonly kind: "execute"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "deallocate"; readonly name: string }
  /** Athena SQL that the local Athena does not run. */
  | { readonly kind: "unsupported"; readonly what: string; readonly ddl: boolean };
