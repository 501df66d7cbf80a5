import { quoteString } from "../../sql/quote.ts";
import { define, type BoundCall, type FunctionDefinition } from "./definition.ts";
import { duckdbJsonPath } from "./json-path.ts";

/** Trino documentation, "JSON functions and operators". Text that is no JSON gives NULL, as in Trino. */
export const jsonFunctions: readonly FunctionDefinition[] = [
  ...["varchar", "json"].flatMap((type) => [
    define(
      `json_extract(${type}, varchar) -> json`,
      (call) => `athena_json_extract(${call.sqls[0]}, ${path(call)})`,
    ),
    define(`json_extract_scalar(${type}, varchar) -> varchar`, (call) => {
      return `athena_json_extract_scalar(${call.sqls[0]}, ${path(call)})`;
    }),
    define(`json_array_length(${type}) -> bigint`, "athena_json_array_length($1)"),
    define(`json_array_contains(${type}, varchar) -> boolean`, "athena_json_array_contains($1, to_json($2))"),
    define(`json_array_contains(${type}, bigint) -> boolean`, "athena_json_array_contains($1, to_json($2))"),
    define(`json_array_contains(${type}, boolean) -> boolean`, "athena_json_array_contains($1, to_json($2))"),
    define(`json_array_get(${type}, bigint) -> json`, "athena_json_array_get($1, $2)"),
    define(`json_size(${type}, varchar) -> bigint`, (call) => {
      return `athena_json_size(athena_json_extract(${call.sqls[0]}, ${path(call)}))`;
    }),
    define(`is_json_scalar(${type}) -> boolean`, "athena_is_json_scalar($1)"),
  ]),
  define("json_exists(varchar, varchar) -> boolean", (call) => {
    return `(athena_json_extract(${call.sqls[0]}, ${path(call)}) IS NOT NULL)`;
  }),
  define("json_value(varchar, varchar) -> varchar", (call) => {
    return `athena_json_extract_scalar(${call.sqls[0]}, ${path(call)})`;
  }),
  define("json_format(json) -> varchar", "CAST($1 AS VARCHAR)"),
  define("json_parse(varchar) -> json", "athena_json_parse($1)"),
];

/** The path, a literal, as DuckDB writes it. */
function path(call: BoundCall): string {
  return quoteString(duckdbJsonPath(call.text(1), call.at));
}
