import { define, type FunctionDefinition } from "./definition.ts";

const oneDouble = (name: string, sql: string) => define(`${name}(double) -> double`, sql);

/** Trino documentation, "Mathematical functions and operators" and "Bitwise functions". */
export const mathFunctions: readonly FunctionDefinition[] = [
  define("abs(N) -> N", "abs($1)"),
  oneDouble("acos", "acos($1)"),
  oneDouble("asin", "asin($1)"),
  oneDouble("atan", "atan($1)"),
  define("atan2(double, double) -> double", "atan2($1, $2)"),
  define("bitwise_and(bigint, bigint) -> bigint", "($1 & $2)"),
  define("bitwise_left_shift(bigint, bigint) -> bigint", "CAST(($1 << CAST($2 AS INTEGER)) AS BIGINT)"),
  define("bitwise_not(bigint) -> bigint", "(~ $1)"),
  define("bitwise_or(bigint, bigint) -> bigint", "($1 | $2)"),
  define("bitwise_right_shift_arithmetic(bigint, bigint) -> bigint", "($1 >> CAST($2 AS INTEGER))"),
  define("bitwise_xor(bigint, bigint) -> bigint", "xor($1, $2)"),
  oneDouble("cbrt", "athena_cube_root($1)"),
  define("ceil(I) -> I", "$1"),
  define("ceil(double) -> double", "ceil($1)"),
  define("ceiling(I) -> I", "$1"),
  define("ceiling(double) -> double", "ceil($1)"),
  oneDouble("cos", "cos($1)"),
  oneDouble("cosh", "cosh($1)"),
  oneDouble("degrees", "degrees($1)"),
  define("e() -> double", "exp(CAST(1 AS DOUBLE))"),
  oneDouble("exp", "exp($1)"),
  define("floor(I) -> I", "$1"),
  define("floor(double) -> double", "floor($1)"),
  define("from_base(varchar, bigint) -> bigint", ({ sqls }) => `athena_from_base(${sqls.join(", ")})`),
  define(
    "greatest(T...) -> T",
    ({ sqls }) => `athena_unless_null([${sqls.join(", ")}], greatest(${sqls.join(", ")}))`,
  ),
  define("infinity() -> double", "CAST('inf' AS DOUBLE)"),
  define("is_finite(double) -> boolean", "isfinite($1)"),
  define("is_infinite(double) -> boolean", "isinf($1)"),
  define("is_nan(double) -> boolean", "isnan($1)"),
  define(
    "least(T...) -> T",
    ({ sqls }) => `athena_unless_null([${sqls.join(", ")}], least(${sqls.join(", ")}))`,
  ),
  oneDouble("ln", "athena_logarithm($1)"),
  define("log(double, double) -> double", "(athena_logarithm($2) / athena_logarithm($1))"),
  oneDouble("log10", "CASE WHEN $1 > 0 THEN log10($1) ELSE athena_logarithm($1) END"),
  oneDouble("log2", "CASE WHEN $1 > 0 THEN log2($1) ELSE athena_logarithm($1) END"),
  define("mod(I, I) -> I", "athena_modulo($1, $2)"),
  define("mod(double, double) -> double", "($1 % $2)"),
  define("nan() -> double", "CAST('nan' AS DOUBLE)"),
  define("pi() -> double", "pi()"),
  define("pow(double, double) -> double", "pow($1, $2)"),
  define("power(double, double) -> double", "pow($1, $2)"),
  oneDouble("radians", "radians($1)"),
  define("rand() -> double", "random()"),
  define("random() -> double", "random()"),
  define("round(I) -> I", "$1"),
  define("round(double) -> double", "round($1)"),
  define("round(double, integer) -> double", "round($1, $2)"),
  define("round(decimal) -> decimal", ({ sqls, values }) => {
    const type = values[0]?.type;
    const precision =
      type?.kind === "decimal" ? Math.min(38, type.precision - type.scale + (type.scale > 0 ? 1 : 0)) : 38;
    return {
      sql: `CAST(${sqls[0]} AS DECIMAL(${precision},0))`,
      type: { kind: "decimal", precision, scale: 0 },
    };
  }),
  define("sign(I) -> I", "sign($1)"),
  define("sign(double) -> double", "CAST(sign($1) AS DOUBLE)"),
  oneDouble("sin", "sin($1)"),
  oneDouble("sinh", "sinh($1)"),
  oneDouble("sqrt", "CASE WHEN $1 < 0 THEN CAST('nan' AS DOUBLE) ELSE sqrt($1) END"),
  oneDouble("tan", "tan($1)"),
  oneDouble("tanh", "tanh($1)"),
  oneDouble("truncate", "trunc($1)"),
  define("width_bucket(double, double, double, bigint) -> bigint", "athena_width_bucket($1, $2, $3, $4)"),
];
