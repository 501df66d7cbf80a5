import { decimalMacros } from "./macros-decimal.ts";
import { jsonMacros } from "./macros-json.ts";
import { showMacros } from "./macros-show.ts";
import { textMacros } from "./macros-text.ts";

/**
 * What Trino does and DuckDB does not, as DuckDB macros. A failure is a cast of its message to BOOLEAN: unlike DuckDB's
 * error() TRY catches it, and filters still move past it. DuckDB evaluates constants at once, in whatever branch they
 * stand: so a failure takes, as `value`, all that its condition depends on.
 */
const failure = [
  "athena_fail(message, value) AS CASE WHEN CAST(message || coalesce(left(CAST(value AS VARCHAR), 0), '') AS BOOLEAN) THEN NULL END",
];

const numbers = [
  "athena_divide(a, b) AS CASE WHEN b = 0 THEN athena_fail('!DIVISION_BY_ZERO: Division by zero!', b) ELSE a // b END",
  "athena_modulo(a, b) AS CASE WHEN b = 0 THEN athena_fail('!DIVISION_BY_ZERO: Division by zero!', b) ELSE a % b END",
  "athena_not_zero(b) AS CASE WHEN b = 0 THEN athena_fail('!DIVISION_BY_ZERO: Division by zero!', b) ELSE b END",
  `athena_whole(x) AS CASE WHEN isfinite(x) OR x IS NULL THEN round(x)
     ELSE athena_fail('!INVALID_CAST_ARGUMENT: Cannot cast double ' || CAST(x AS VARCHAR) || ' to integer!', x) END`,
  `athena_logarithm(x) AS CASE WHEN x > 0 THEN ln(x) WHEN x = 0 THEN CAST('-inf' AS DOUBLE)
     WHEN x IS NOT NULL THEN CAST('nan' AS DOUBLE) END`,
  // As MathFunctions.round of Trino does it: 1.005 times 100 is a little less than 100.5.
  "athena_round(x, n) AS CASE WHEN isfinite(x) AND abs(x) * pow(10, n) < 9e18 THEN sign(x) * (round(abs(x) * pow(10, n)) / pow(10, n)) ELSE x END",
  // Exact for cubes, as Java's.
  "athena_cube_root(x) AS CASE WHEN round(cbrt(x)) * round(cbrt(x)) * round(cbrt(x)) = x THEN round(cbrt(x)) ELSE cbrt(x) END",
  "athena_unless_null(items, value) AS CASE WHEN list_count(items) = len(items) THEN value END",
  `athena_from_base(text, base) AS CASE WHEN base <> 16 OR NOT regexp_full_match(text, '[0-9A-Fa-f]{1,15}')
     THEN athena_fail('!NOT_SUPPORTED: the local Athena reads base 16 only, up to 15 digits!', text || base)
     ELSE CAST('0x' || text AS BIGINT) END`,
  `athena_width_bucket(x, low, high, count) AS CASE WHEN x IS NULL OR low IS NULL OR high IS NULL OR count IS NULL THEN NULL
     WHEN count <= 0 OR low = high OR isnan(x)
       THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: bucketCount must be greater than 0, bounds must differ!', x + low + high + count)
     WHEN low < high THEN CASE WHEN x < low THEN 0 WHEN x >= high THEN count + 1
       ELSE CAST(floor(count * (x - low) / (high - low)) AS BIGINT) + 1 END
     ELSE CASE WHEN x > low THEN 0 WHEN x <= high THEN count + 1
       ELSE CAST(floor(count * (low - x) / (low - high)) AS BIGINT) + 1 END END`,
];

const castMessage = "'!INVALID_CAST_ARGUMENT: Cannot cast ''' || t || ''' to ' || name || '!'";
const dateMessage = "'!INVALID_CAST_ARGUMENT: Value cannot be cast to date: ' || t || '!'";
const timestampMessage = "'!INVALID_CAST_ARGUMENT: Value cannot be cast to timestamp: ' || t || '!'";

/** Text that Trino's casts take, or a failure. */
const casts = [
  `athena_fitting(t, count) AS CASE WHEN length(t) > count
     THEN athena_fail('!INVALID_CAST_ARGUMENT: Value ' || t || ' cannot be represented as varchar(' || count || ')!', t) ELSE t END`,
  `athena_integer_text(t, name) AS CASE WHEN t IS NULL OR regexp_full_match(t, '[+-]?[0-9]+') THEN t
     ELSE athena_fail(${castMessage}, t) END`,
  `athena_number_text(t, name) AS CASE WHEN t IS NULL
       OR regexp_full_match(trim(t), '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?|NaN|[+-]?Infinity') THEN trim(t)
     ELSE athena_fail(${castMessage}, t) END`,
  `athena_decimal_text(t, name) AS CASE WHEN t IS NULL OR regexp_full_match(trim(t), '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)')
     THEN trim(t) ELSE athena_fail(${castMessage}, t) END`,
  `athena_text_to_boolean(t) AS CASE WHEN t IS NULL THEN NULL WHEN lower(t) IN ('t', 'true', '1') THEN true
     WHEN lower(t) IN ('f', 'false', '0') THEN false
     ELSE athena_fail('!INVALID_CAST_ARGUMENT: Cannot cast ''' || t || ''' to boolean!', t) END`,
  `athena_date_text(t) AS CASE WHEN t IS NULL
       OR (regexp_full_match(trim(t), '[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}') AND TRY_CAST(trim(t) AS DATE) IS NOT NULL)
     THEN trim(t) ELSE athena_fail(${dateMessage}, t) END`,
  `athena_iso_date_text(t) AS CASE WHEN t IS NULL OR regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN t
     ELSE athena_fail('!INVALID_FUNCTION_ARGUMENT: Invalid format: "' || t || '"!', t) END`,
  `athena_timestamp_text(t) AS CASE WHEN t IS NULL OR (regexp_full_match(trim(t),
       '[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\\.[0-9]{1,12})?)?)?')
       AND TRY_CAST(CASE WHEN regexp_full_match(trim(t), '.* [0-9]+:[0-9]+') THEN trim(t) || ':00' ELSE trim(t) END AS TIMESTAMP) IS NOT NULL)
     THEN CASE WHEN regexp_full_match(trim(t), '.* [0-9]+:[0-9]+') THEN trim(t) || ':00' ELSE trim(t) END
     ELSE athena_fail(${timestampMessage}, t) END`,
];

const times = [
  // Rounds half up; a TIMESTAMP counts microseconds.
  "athena_round_to_milliseconds(t) AS make_timestamp(((epoch_us(t) + 500 + 1000000000000000000) // 1000 - 1000000000000000) * 1000)",
  "athena_show_timestamp(t) AS strftime(t, '%Y-%m-%d %H:%M:%S.%g')",
  "athena_from_unixtime(x) AS make_timestamp(CAST(round(x * 1000) AS BIGINT) * 1000)",
  `athena_whole_days(i) AS CASE WHEN epoch_us(i) % 86400000000 = 0 THEN to_days(CAST(epoch_us(i) // 86400000000 AS INTEGER))
     ELSE athena_fail('!INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date!', i) END`,
  // strptime takes blanks around the text, Trino does not.
  `athena_parse_time(t, format) AS CASE WHEN t IS NULL THEN NULL
     ELSE coalesce(CASE WHEN trim(t) = t THEN CAST(try_strptime(t, format) AS TIMESTAMP) END,
       athena_fail('!INVALID_FUNCTION_ARGUMENT: Invalid format: "' || t || '"!', t)) END`,
  `athena_parse_time_with_zone(t, format) AS CASE WHEN t IS NULL THEN NULL
     ELSE coalesce(timezone('UTC', try_strptime(t, format)),
       athena_fail('!INVALID_FUNCTION_ARGUMENT: Invalid format: "' || t || '"!', t)) END`,
  `athena_utc_only(instant, t) AS CASE WHEN t IS NULL OR NOT regexp_matches(t, '[T :].*[+-][0-9]{2}:?[0-9]{2}$')
       OR regexp_matches(t, '[+-]00:?00$') THEN instant
     ELSE athena_fail('!NOT_SUPPORTED: the local Athena keeps no time zone per row: give these values one zone by AT TIME ZONE!', t) END`,
  `athena_iso_wall_clock(t) AS athena_round_to_milliseconds(CAST(left(t, 10) || ' ' || left(
     regexp_replace(replace(substring(regexp_replace(t, '(Z|[+-][0-9]{2}:?[0-9]{2})$', ''), 12), ',', '.'), '^$', '00')
       || CASE length(regexp_replace(substring(t, 12), '(Z|[+-][0-9]{2}:?[0-9]{2})$', '')) WHEN 0 THEN ':00:00' WHEN 2 THEN ':00:00' WHEN 5 THEN ':00' ELSE '' END,
     15) AS TIMESTAMP))`,
  `athena_iso_offset(t) AS CASE WHEN regexp_matches(t, 'T.*[+-][0-9]{2}:?[0-9]{2}$') THEN
     CASE regexp_extract(t, '([+-])[0-9]{2}:?[0-9]{2}$', 1) WHEN '-' THEN -1 ELSE 1 END
     * (CAST(regexp_extract(t, '([0-9]{2}):?[0-9]{2}$', 1) AS INTEGER) * 60 + CAST(right(t, 2) AS INTEGER)) ELSE 0 END`,
  `athena_iso_instant(t) AS CASE WHEN t IS NULL THEN NULL
     WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}(T([0-9]{2}(:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?')
     THEN athena_iso_wall_clock(t) - to_minutes(athena_iso_offset(t))
     ELSE athena_fail('!INVALID_FUNCTION_ARGUMENT: Invalid format: "' || t || '"!', t) END`,
];

const lists = [
  `athena_array_equal(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN len(a) <> len(b) THEN false
     WHEN list_count(a) = len(a) AND list_count(b) = len(b) THEN a = b
     ELSE athena_fail('!NOT_SUPPORTED: the local Athena does not compare arrays that hold NULL!', len(a) + len(b)) END`,
  `athena_array_item(a, i) AS CASE WHEN i IS NULL OR a IS NULL THEN NULL
     WHEN i = 0 THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1!', i + len(a))
     WHEN i < 0 THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: Array subscript is negative: ' || i || '!', i + len(a))
     WHEN i > len(a) THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length: ' || i || ' > ' || len(a) || '!', i + len(a))
     ELSE a[i] END`,
  `athena_element_at(a, i) AS CASE WHEN i = 0 THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1!', i)
     ELSE a[i] END`,
  `athena_map_item(m, k) AS CASE WHEN m IS NULL OR k IS NULL THEN NULL WHEN list_contains(map_keys(m), k) THEN map_extract_value(m, k)
     ELSE athena_fail('!INVALID_FUNCTION_ARGUMENT: Key not present in map: ' || CAST(k AS VARCHAR) || '!', cardinality(m)) END`,
  `athena_array_contains(a, x) AS CASE WHEN a IS NULL OR x IS NULL THEN NULL WHEN list_contains(a, x) THEN true
     WHEN list_count(a) < len(a) THEN NULL ELSE false END`,
  "athena_array_position(a, x) AS CASE WHEN a IS NULL OR x IS NULL THEN NULL ELSE CAST(coalesce(list_position(a, x), 0) AS BIGINT) END",
  "athena_array_remove(a, x) AS CASE WHEN x IS NULL THEN NULL ELSE list_filter(a, lambda e: e IS DISTINCT FROM x) END",
  "athena_array_concat(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE list_concat(a, b) END",
  // DuckDB's list_distinct loses the order and NULL.
  `athena_array_distinct(a) AS list_filter(a, lambda e, i: CASE WHEN e IS NULL
     THEN list_position(list_transform(a, lambda f: f IS NULL), true) = i ELSE list_position(a, e) = i END)`,
  `athena_array_has(a, x) AS CASE WHEN x IS NULL THEN list_count(a) < len(a) ELSE list_contains(a, x) END`,
  `athena_array_intersect(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL
     ELSE list_filter(athena_array_distinct(a), lambda x: athena_array_has(b, x)) END`,
  `athena_array_except(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL
     ELSE list_filter(athena_array_distinct(a), lambda x: NOT athena_array_has(b, x)) END`,
  `athena_arrays_overlap(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN list_has_any(a, b) THEN true
     WHEN list_count(a) < len(a) OR list_count(b) < len(b) THEN NULL ELSE false END`,
  `athena_slice(a, start, count) AS CASE WHEN start = 0 OR count < 0
     THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1!', start + count)
     WHEN start < 0 THEN CASE WHEN -start > len(a) THEN a[1:0] ELSE a[len(a) + start + 1 : len(a) + start + count] END
     ELSE a[start : start + count - 1] END`,
  "athena_any(results) AS CASE WHEN list_contains(results, true) THEN true WHEN list_count(results) < len(results) THEN NULL WHEN results IS NOT NULL THEN false END",
  "athena_all(results) AS CASE WHEN list_contains(results, false) THEN false WHEN list_count(results) < len(results) THEN NULL WHEN results IS NOT NULL THEN true END",
  `athena_few(count, list) AS CASE WHEN count > 10000
     THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than 10000 entries!', count) ELSE list END`,
  "athena_sequence(a, b) AS athena_few(abs(b - a) + 1, generate_series(a, b, CASE WHEN a <= b THEN 1 ELSE -1 END))",
  `athena_sequence_by(a, b, step) AS CASE WHEN step = 0 OR (b > a AND step < 0) OR (b < a AND step > 0)
     THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start!', a + b + step)
     ELSE athena_few(abs(b - a) // abs(step) + 1, generate_series(a, b, step)) END`,
  // Lists of times are as long as they are; the limit is looked at behind them.
  "athena_time_sequence(a, b, step) AS athena_few(len(generate_series(a, b, step)), generate_series(a, b, step))",
  "athena_date_sequence(a, b, step) AS list_transform(athena_time_sequence(CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP), step), lambda t: CAST(t AS DATE))",
  "athena_histogram(m) AS CASE WHEN m IS NULL THEN NULL ELSE map(map_keys(m), list_transform(map_values(m), lambda n: CAST(n AS BIGINT))) END",
  "athena_map_of_entries(entries) AS map_from_entries(list_filter(entries, lambda e, i: list_position(list_transform(entries, lambda f: f.k), e.k) = i))",
];

/** The statements that create all macros. */
export const macroStatements: readonly string[] = [
  ...failure,
  ...numbers,
  ...casts,
  ...times,
  ...lists,
  ...decimalMacros,
  ...textMacros,
  ...jsonMacros,
  ...showMacros,
].map((macro) => `CREATE OR REPLACE MACRO ${macro}`);
