import { define, type FunctionDefinition } from "./definition.ts";

/** Trino documentation, "Lambda expressions": functions that take one. `$n` of a lambda is DuckDB's `lambda x: ...`. */
export const lambdaFunctions: readonly FunctionDefinition[] = [
  define("all_match(array(T), function(T,boolean)) -> boolean", "athena_all(list_transform($1, $2))"),
  define("any_match(array(T), function(T,boolean)) -> boolean", "athena_any(list_transform($1, $2))"),
  define("none_match(array(T), function(T,boolean)) -> boolean", "(NOT athena_any(list_transform($1, $2)))"),
  define("filter(array(T), function(T,boolean)) -> array(T)", "list_filter($1, $2)"),
  define("transform(array(T), function(T,U)) -> array(U)", "list_transform($1, $2)"),
  define("map_filter(map(K,V), function(K,V,boolean)) -> map(K,V)", ({ sqls }) => {
    const [map = "NULL", lambda = ""] = sqls;
    return `map_from_entries(list_filter(map_entries(${map}), ${onEntry(lambda)}))`;
  }),
  define("transform_values(map(K,V), function(K,V,U)) -> map(K,U)", ({ sqls }) => {
    const [map = "NULL", lambda = ""] = sqls;
    return `CASE WHEN ${map} IS NULL THEN NULL ELSE map(map_keys(${map}), list_transform(map_entries(${map}), ${onEntry(lambda)})) END`;
  }),
  define("transform_keys(map(K,V), function(K,V,U)) -> map(U,V)", ({ sqls }) => {
    const [map = "NULL", lambda = ""] = sqls;
    return `CASE WHEN ${map} IS NULL THEN NULL ELSE map(list_transform(map_entries(${map}), ${onEntry(lambda)}), map_values(${map})) END`;
  }),
  define("reduce(array(T), S, function(S,T,S), function(S,R)) -> R", ({ sqls }) => {
    const [list = "NULL", start = "NULL", step = "", finish = ""] = sqls;
    const steps = `list_reduce(${list}, ${step}, ${start})`;
    // The last lambda is applied to one value: to the only element of a list.
    return `CASE WHEN ${list} IS NULL THEN NULL ELSE (list_transform([${steps}], ${finish}))[1] END`;
  }),
];

/** `lambda k, v: body` as a lambda on a map's entry. */
function onEntry(lambda: string): string {
  const [, key = "", value = "", body = ""] = /^lambda (\w+), (\w+): (.*)$/s.exec(lambda) ?? [];
  const inEntry = body.replaceAll(
    new RegExp(`'(?:[^']|'')*'|\\b(${key}|${value})\\b`, "g"),
    (found, name?: string) => {
      if (name === undefined) return found;
      return name === key ? "struct_extract(entry, 'key')" : "struct_extract(entry, 'value')";
    },
  );
  return `lambda entry: ${inEntry}`;
}
