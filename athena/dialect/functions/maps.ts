import { duckdbType } from "../types/trino-type.ts";
import { define, type FunctionDefinition } from "./definition.ts";

/** Trino documentation, "Map functions and operators". */
export const mapFunctions: readonly FunctionDefinition[] = [
  define("cardinality(map(K,V)) -> bigint", "CAST(cardinality($1) AS BIGINT)"),
  define("element_at(map(K,V), K) -> V", "map_extract_value($1, $2)"),
  define("map(array(K), array(V)) -> map(K,V)", "map($1, $2)"),
  define("map_concat(map(K,V), map(K,V)...) -> map(K,V)", "map_concat($*)"),
  define("map_entries(map(K,V)) -> array(unknown)", ({ sqls, bindings }) => {
    const [key, value] = [bindings.get("K") ?? unknown, bindings.get("V") ?? unknown];
    const row = "struct_pack(field0 := struct_extract(e, 'key'), field1 := struct_extract(e, 'value'))";
    return {
      sql: `list_transform(map_entries(${sqls[0]}), lambda e: ${row})`,
      type: { kind: "array", element: { kind: "row", fields: [{ type: key }, { type: value }] } },
    };
  }),
  define("map_keys(map(K,V)) -> array(K)", "map_keys($1)"),
  define("map_values(map(K,V)) -> array(V)", "map_values($1)"),
  define(
    "split_to_map(varchar, varchar, varchar) -> map(varchar,varchar)",
    "athena_split_to_map($1, $2, $3)",
  ),
  define("map() -> map(unknown,unknown)", () => {
    return `CAST(map([], []) AS MAP(${duckdbType(unknown)}, ${duckdbType(unknown)}))`;
  }),
];

const unknown = { kind: "unknown" } as const;
