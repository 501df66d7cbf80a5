/** Macros that write values as Java does. */
export const showMacros: readonly string[] = [
  "athena_show_bytes(b) AS rtrim(regexp_replace(lower(hex(b)), '(..)', '\\1 ', 'g'))",
  "athena_with_point(digits) AS left(digits, 1) || '.' || CASE WHEN length(digits) > 1 THEN substring(digits, 2) ELSE '0' END",
  `athena_scientific(s) AS athena_with_point(rtrim(ltrim(replace(split_part(s, 'e', 1), '.', ''), '0'), '0'))
     || 'E' || CAST(CASE WHEN contains(s, 'e') THEN CAST(split_part(s, 'e', 2) AS INTEGER)
       WHEN starts_with(s, '0.') THEN -length(regexp_extract(s, '^0\\.(0*)', 1)) - 1
       ELSE strpos(s, '.') - 2 END AS VARCHAR)`,
  // Double.toString: plain from 0.001 to 10 million, else one digit before the point and an exponent.
  `athena_show_double(x) AS CASE WHEN x IS NULL THEN NULL WHEN isnan(x) THEN 'NaN'
     WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
     WHEN x = 0 OR (abs(x) >= 0.001 AND abs(x) < 10000000) THEN CAST(x AS VARCHAR)
     ELSE CASE WHEN x < 0 THEN '-' ELSE '' END || athena_scientific(ltrim(CAST(x AS VARCHAR), '-')) END`,
  // DuckDB writes a decimal without whole digits as .5
  `athena_show_fraction(s) AS CASE WHEN starts_with(s, '.') THEN '0' || s WHEN starts_with(s, '-.') THEN '-0' || substring(s, 2) ELSE s END`,
  // Casts to text: always with an exponent, a real with seven digits.
  `athena_number_to_text(x, s) AS CASE WHEN x IS NULL THEN NULL WHEN isnan(x) THEN 'NaN'
     WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
     ELSE CASE WHEN starts_with(s, '-') THEN '-' ELSE '' END
       || CASE WHEN x = 0 THEN '0E0' ELSE athena_scientific(ltrim(s, '-')) END END`,
  "athena_double_to_text(x) AS athena_number_to_text(x, CAST(x AS VARCHAR))",
  "athena_real_to_text(x) AS athena_number_to_text(x, printf('%.6e', CAST(x AS DOUBLE)))",
  `athena_show_days(us) AS CASE WHEN us < 0 THEN '-' ELSE '' END || CAST(abs(us) // 86400000000 AS VARCHAR)
     || strftime(make_timestamp(abs(us) % 86400000000), ' %H:%M:%S.%g')`,
  "athena_months_text(m) AS CASE WHEN m < 0 THEN '-' ELSE '' END || CAST(abs(m) // 12 AS VARCHAR) || '-' || CAST(abs(m) % 12 AS VARCHAR)",
  `athena_show_months(i) AS athena_months_text(CAST(datepart('year', i) * 12 + datepart('month', i) AS BIGINT))`,
];
