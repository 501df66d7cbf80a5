/** Macros for JSON: text that is no JSON gives NULL. */
export const jsonMacros: readonly string[] = [
  // Trino sorts the members of objects; DuckDB keeps their order.
  `athena_json_sorted(j) AS len(list_filter(list_append(json_extract(j, '$..*'), j),
     lambda o: json_type(o) = 'OBJECT' AND list_sort(json_keys(o)) <> json_keys(o))) = 0`,
  `athena_json_parse(s) AS CASE WHEN s IS NULL THEN NULL WHEN json_valid(s) THEN CASE WHEN athena_json_sorted(json(s)) THEN json(s)
       ELSE athena_fail('!NOT_SUPPORTED: the local Athena does not sort the members of JSON objects as json_parse does: use json_extract!', s) END
     ELSE athena_fail('!INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON: ''' || s || '''!', s) END`,
  "athena_json_extract(s, path) AS CASE WHEN json_valid(s) THEN json_extract(s, path) END",
  `athena_json_text(j) AS CASE json_type(j) WHEN 'NULL' THEN NULL WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL
     ELSE json_extract_string(j, '$') END`,
  // Trino keeps a number's text, as in 1.50 or 1e3; DuckDB writes it anew.
  `athena_json_same_text(s, j, t) AS CASE WHEN t IS NULL OR json_type(j) <> 'DOUBLE' OR contains(CAST(s AS VARCHAR), t) THEN t
     ELSE athena_fail('!NOT_SUPPORTED: the local Athena does not keep how JSON writes the number ' || t || '!', s) END`,
  `athena_json_extract_scalar(s, path) AS athena_json_same_text(s, athena_json_extract(s, path),
     athena_json_text(athena_json_extract(s, path)))`,
  "athena_json_array_length(s) AS CASE WHEN json_valid(s) AND json_type(s) = 'ARRAY' THEN CAST(json_array_length(s) AS BIGINT) END",
  "athena_json_items(j) AS CASE WHEN json_type(j) = 'ARRAY' THEN json_extract(j, '$[*]') WHEN json_type(j) <> 'NULL' THEN athena_fail('!INVALID_CAST_ARGUMENT: Cannot cast JSON to array!', j) END",
  `athena_json_members(j) AS CASE WHEN json_type(j) = 'OBJECT'
     THEN list_transform(json_keys(j), lambda k: struct_pack(key := k, value := json_extract(j, '/' || replace(replace(k, '~', '~0'), '/', '~1'))))
     WHEN json_type(j) <> 'NULL' THEN athena_fail('!INVALID_CAST_ARGUMENT: Cannot cast JSON to map!', j) END`,
  `athena_json_array_contains(s, x) AS CASE WHEN json_valid(s) AND json_type(s) = 'ARRAY'
     THEN list_contains(json_extract(s, '$[*]'), x) END`,
  "athena_json_array_get(s, i) AS CASE WHEN json_valid(s) AND json_type(s) = 'ARRAY' THEN json_extract(s, '$[*]')[CASE WHEN i < 0 THEN i ELSE i + 1 END] END",
  `athena_json_size(j) AS CASE json_type(j) WHEN 'ARRAY' THEN CAST(json_array_length(j) AS BIGINT)
     WHEN 'OBJECT' THEN CAST(len(json_keys(j)) AS BIGINT) ELSE CASE WHEN j IS NOT NULL THEN CAST(0 AS BIGINT) END END`,
  "athena_is_json_scalar(s) AS CASE WHEN s IS NULL THEN NULL ELSE json_type(s) NOT IN ('ARRAY', 'OBJECT') END",
  `athena_json_scalar(j, name) AS CASE WHEN j IS NULL OR json_type(j) = 'NULL' THEN NULL
     WHEN json_type(j) IN ('ARRAY', 'OBJECT')
       THEN athena_fail('!INVALID_CAST_ARGUMENT: Cannot cast ''' || CAST(j AS VARCHAR) || ''' to ' || name || '!', CAST(j AS VARCHAR))
     ELSE json_extract_string(j, '$') END`,
  "athena_json_integer(j, name) AS CASE WHEN json_type(j) = 'DOUBLE' THEN CAST(CAST(round(CAST(athena_json_scalar(j, name) AS DOUBLE)) AS BIGINT) AS VARCHAR) ELSE athena_json_scalar(j, name) END",
];
