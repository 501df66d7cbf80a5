import { QueryFailure } from "../parse/syntax-error.ts";
import { define, type BoundCall, type FunctionDefinition } from "./definition.ts";

/** Trino documentation, "Array functions and operators", without those that take a lambda. */
export const arrayFunctions: readonly FunctionDefinition[] = [
  define("array_distinct(array(T)) -> array(T)", "athena_array_distinct($1)"),
  define("array_except(array(T), array(T)) -> array(T)", "athena_array_except($1, $2)"),
  define("array_intersect(array(T), array(T)) -> array(T)", "athena_array_intersect($1, $2)"),
  define(
    "array_join(array(T), varchar) -> varchar",
    (call) => `array_to_string(${joinable(call)}, ${call.sqls[1]})`,
  ),
  define("array_join(array(T), varchar, varchar) -> varchar", (call) => {
    return `array_to_string(list_transform(${joinable(call)}, lambda e: coalesce(CAST(e AS VARCHAR), ${call.sqls[2]})), ${call.sqls[1]})`;
  }),
  define("array_max(array(T)) -> T", "CASE WHEN len($1) = list_count($1) THEN list_max($1) END"),
  define("array_min(array(T)) -> T", "CASE WHEN len($1) = list_count($1) THEN list_min($1) END"),
  define("array_position(array(T), T) -> bigint", "athena_array_position($1, $2)"),
  define("array_remove(array(T), T) -> array(T)", "athena_array_remove($1, $2)"),
  define("array_sort(array(T)) -> array(T)", "list_sort($1, 'ASC', 'NULLS LAST')"),
  define("array_union(array(T), array(T)) -> array(T)", "athena_array_distinct(list_concat($1, $2))"),
  define("arrays_overlap(array(T), array(T)) -> boolean", "athena_arrays_overlap($1, $2)"),
  define("cardinality(array(T)) -> bigint", "len($1)"),
  define("concat(array(T), array(T)) -> array(T)", "athena_array_concat($1, $2)"),
  define("concat(array(T), T) -> array(T)", "athena_array_concat($1, [$2])"),
  define("concat(T, array(T)) -> array(T)", "athena_array_concat([$1], $2)"),
  define("concat(array(T), array(T), array(T)...) -> array(T)", ({ sqls }) => {
    return sqls.reduce((all, next) => `athena_array_concat(${all}, ${next})`);
  }),
  define("contains(array(T), T) -> boolean", "athena_array_contains($1, $2)"),
  define("element_at(array(T), bigint) -> T", "athena_element_at($1, $2)"),
  define("flatten(array(array(T))) -> array(T)", "flatten($1)"),
  define("repeat(T, bigint) -> array(T)", "list_transform(range($2), lambda i: $1)"),
  define("reverse(array(T)) -> array(T)", "list_reverse($1)"),
  define("sequence(bigint, bigint) -> array(bigint)", "athena_sequence($1, $2)"),
  define("sequence(bigint, bigint, bigint) -> array(bigint)", "athena_sequence_by($1, $2, $3)"),
  define("sequence(date, date) -> array(date)", "athena_date_sequence($1, $2, to_days(1))"),
  define(
    "sequence(date, date, dayToSecond) -> array(date)",
    "athena_date_sequence($1, $2, athena_whole_days($3))",
  ),
  define("sequence(date, date, yearToMonth) -> array(date)", "athena_date_sequence($1, $2, $3)"),
  define(
    "sequence(timestamp, timestamp, dayToSecond) -> array(timestamp)",
    "athena_time_sequence($1, $2, $3)",
  ),
  define(
    "sequence(timestamp, timestamp, yearToMonth) -> array(timestamp)",
    "athena_time_sequence($1, $2, $3)",
  ),
  define("slice(array(T), bigint, bigint) -> array(T)", "athena_slice($1, $2, $3)"),
];

const joinableKinds = ["varchar", "boolean", "tinyint", "smallint", "integer", "bigint", "date"];

function joinable(call: BoundCall): string {
  const kind = call.bindings.get("T")?.kind ?? "";
  if (joinableKinds.includes(kind)) return call.sqls[0] ?? "NULL";
  throw new QueryFailure("NOT_SUPPORTED", `the local Athena does not join elements of type ${kind}`, call.at);
}
