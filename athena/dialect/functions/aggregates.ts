import { QueryFailure } from "../parse/syntax-error.ts";
import type { TrinoType } from "../types/trino-type.ts";
import { aggregate, byName, type AggregateDefinition } from "./definition.ts";
import type { Bindings } from "./signature.ts";

const twoNumbers = (name: string) => [
  aggregate(`${name}(real, real) -> real`, name, { result: "CAST($ AS FLOAT)" }),
  aggregate(`${name}(double, double) -> double`, name),
  // By Trino's rules an integer fits real better than double; that costs digits, and was not measured.
  aggregate(`${name}(I, I) -> double`, name, { type: refuseIntegers }),
];
const oneDouble = (name: string, duckdb = name) => aggregate(`${name}(double) -> double`, duckdb);

/** Trino documentation, "Aggregate functions". */
export const aggregateFunctions = byName<AggregateDefinition>([
  aggregate("approx_distinct(T) -> bigint", "count", { arguments: "DISTINCT $1" }),
  aggregate("approx_distinct(T, double) -> bigint", "count", { arguments: "DISTINCT $1" }),
  // Exact, and so within the error that Trino allows itself; integers stay integers.
  aggregate("approx_percentile(I, double) -> I", "quantile_disc"),
  aggregate("approx_percentile(real, double) -> real", "quantile_disc"),
  aggregate("approx_percentile(double, double) -> double", "quantile_disc"),
  aggregate("approx_percentile(I, array(double)) -> array(I)", "quantile_disc"),
  aggregate("approx_percentile(real, array(double)) -> array(real)", "quantile_disc"),
  aggregate("approx_percentile(double, array(double)) -> array(double)", "quantile_disc"),
  aggregate("arbitrary(T) -> T", "any_value"),
  aggregate("any_value(T) -> T", "any_value"),
  aggregate("array_agg(T) -> array(T)", "list"),
  aggregate("avg(double) -> double", "avg"),
  aggregate("avg(bigint) -> double", "avg"),
  aggregate("avg(real) -> real", "avg", { result: "CAST($ AS FLOAT)" }),
  // By all values, as DuckDB's avg of decimals is a double.
  aggregate("avg(decimal) -> decimal", "list", {
    filter: "($1) IS NOT NULL",
    result: "CAST(athena_decimal_average($) AS $type)",
    type: (_, [value]) => value?.type ?? widest(undefined),
  }),
  aggregate("bitwise_and_agg(bigint) -> bigint", "bit_and"),
  aggregate("bitwise_or_agg(bigint) -> bigint", "bit_or"),
  aggregate("bool_and(boolean) -> boolean", "bool_and"),
  aggregate("bool_or(boolean) -> boolean", "bool_or"),
  ...twoNumbers("corr"),
  aggregate("count() -> bigint", "count", { arguments: "*" }),
  aggregate("count(T) -> bigint", "count"),
  aggregate("count_if(boolean) -> bigint", "count_if", { result: "CAST($ AS BIGINT)" }),
  ...twoNumbers("covar_pop"),
  ...twoNumbers("covar_samp"),
  aggregate("every(boolean) -> boolean", "bool_and"),
  aggregate("geometric_mean(real) -> real", "avg", {
    arguments: "athena_logarithm($1)",
    result: "CAST(exp($) AS FLOAT)",
  }),
  aggregate("geometric_mean(bigint) -> double", "avg", {
    arguments: "athena_logarithm($1)",
    result: "exp($)",
  }),
  aggregate("geometric_mean(double) -> double", "avg", {
    arguments: "athena_logarithm($1)",
    result: "exp($)",
  }),
  aggregate("histogram(K) -> map(K,bigint)", "histogram", {
    result: "athena_histogram($)",
    type: (bindings) => ({ kind: "map", key: bound(bindings, "K"), value: { kind: "bigint" } }),
  }),
  aggregate("listagg(varchar, varchar) -> varchar", "string_agg"),
  aggregate("map_agg(K, V) -> map(K,V)", "list", {
    arguments: "struct_pack(k := $1, v := $2)",
    filter: "($1) IS NOT NULL",
    result: "athena_map_of_entries($)",
  }),
  aggregate("max(T) -> T", "max"),
  aggregate("max(T, bigint) -> array(T)", "max"),
  aggregate("max_by(T, U) -> T", "arg_max_null"),
  aggregate("max_by(T, U, bigint) -> array(T)", "max_by"),
  aggregate("min(T) -> T", "min"),
  aggregate("min(T, bigint) -> array(T)", "min"),
  aggregate("min_by(T, U) -> T", "arg_min_null"),
  aggregate("min_by(T, U, bigint) -> array(T)", "min_by"),
  ...twoNumbers("regr_intercept"),
  ...twoNumbers("regr_slope"),
  oneDouble("stddev", "stddev_samp"),
  oneDouble("stddev_pop"),
  oneDouble("stddev_samp"),
  // DuckDB adds integers up to a 128-bit number: the cast fails where Trino's bigint overflows.
  aggregate("sum(I) -> bigint", "sum", { result: "CAST($ AS BIGINT)", type: () => ({ kind: "bigint" }) }),
  aggregate("sum(real) -> real", "sum", { result: "CAST($ AS FLOAT)" }),
  aggregate("sum(double) -> double", "sum"),
  aggregate("sum(decimal) -> decimal", "sum", { type: (_, [value]) => widest(value?.type) }),
  oneDouble("var_pop"),
  oneDouble("var_samp"),
  oneDouble("variance", "var_samp"),
]);

function bound(bindings: Bindings, variable: string): TrinoType {
  return bindings.get(variable) ?? { kind: "unknown" };
}

function refuseIntegers(): never {
  const problem = "the type of this function over two integers is not certain: cast one to double";
  throw new QueryFailure("NOT_SUPPORTED", problem);
}

function widest(type: TrinoType | undefined): TrinoType {
  return { kind: "decimal", precision: 38, scale: type?.kind === "decimal" ? type.scale : 0 };
}
