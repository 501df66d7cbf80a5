/** Exact arithmetic on decimals by their digits: halves round away from zero, results are text to be cast. */
export const decimalMacros: readonly string[] = [
  "athena_unscaled(x) AS CAST(replace(CAST(x AS VARCHAR), '.', '') AS HUGEINT)",
  "athena_power_of_ten(n) AS CAST('1' || repeat('0', CAST(n AS BIGINT)) AS HUGEINT)",
  "athena_divide_half_up(u, n) AS CASE WHEN u < 0 THEN -1 ELSE 1 END * ((abs(u) * 2 + n) // (n * 2))",
  "athena_padded(digits, count) AS CASE WHEN length(digits) < count THEN repeat('0', CAST(count - length(digits) AS BIGINT)) || digits ELSE digits END",
  `athena_point_before(digits, scale) AS CASE WHEN scale = 0 THEN digits
     ELSE left(digits, length(digits) - scale) || '.' || right(digits, scale) END`,
  `athena_scaled(u, scale) AS CASE WHEN u < 0 THEN '-' ELSE '' END
     || athena_point_before(athena_padded(CAST(abs(u) AS VARCHAR), scale + 1), scale)`,
  `athena_round_decimal(x, n, scale) AS CASE WHEN x IS NULL OR n IS NULL THEN NULL WHEN n >= scale THEN CAST(x AS VARCHAR)
     WHEN scale - n > 38 THEN '0'
     ELSE athena_scaled(athena_divide_half_up(athena_unscaled(x), athena_power_of_ten(scale - n)) * athena_power_of_ten(scale - n), scale) END`,
  `athena_truncate_decimal(x, n, scale) AS CASE WHEN x IS NULL OR n IS NULL THEN NULL WHEN n >= scale THEN CAST(x AS VARCHAR)
     WHEN scale - n > 38 THEN '0'
     ELSE athena_scaled(athena_unscaled(x) // athena_power_of_ten(scale - n) * athena_power_of_ten(scale - n), scale) END`,
  `athena_round_integer(x, n) AS CASE WHEN x IS NULL OR n IS NULL THEN NULL WHEN n >= 0 THEN x WHEN n < -19 THEN 0
     ELSE athena_divide_half_up(CAST(x AS HUGEINT), athena_power_of_ten(-n)) * athena_power_of_ten(-n) END`,
  `athena_decimal_average(items) AS CASE WHEN len(items) > 0 THEN athena_scaled(
     athena_divide_half_up(athena_unscaled(list_sum(items)), CAST(len(items) AS HUGEINT)),
     length(split_part(CAST(items[1] AS VARCHAR), '.', 2))) END`,
];
