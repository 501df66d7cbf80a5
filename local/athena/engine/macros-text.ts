/** What a URI may hold (RFC 3986), as java.net.URI checks it: no spaces, no quotes, whole percent escapes. */
const url = "^([A-Za-z][A-Za-z0-9+.-]*:)?(//[^/?#]*)?[^?#]*(\\?[^#]*)?(#.*)?$";
const unsafe = '[\\s"<>\\\\^`{|}]|%($|[^0-9A-Fa-f]|[0-9A-Fa-f]($|[^0-9A-Fa-f]))';

const part = (pattern: string, group: number) =>
  `CASE WHEN athena_is_url(u) THEN CASE WHEN regexp_matches(u, '${pattern}') THEN regexp_extract(u, '${pattern}', ${group}) END END`;

const authority = "^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/?#:]*)(?::([0-9]*))?";

/** Macros for text and URLs. */
export const textMacros: readonly string[] = [
  // What Character.isWhitespace of Java takes.
  "athena_white_space() AS E' \\t\\n\\x0B\\f\\r\\x1C\\x1D\\x1E\\x1F' || '\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200A\u2028\u2029\u205F\u3000'",
  // DuckDB knows a capital of this one letter, which Java's Character.toUpperCase does not take.
  "athena_upper(s) AS CASE WHEN contains(s, 'ß') THEN array_to_string(list_transform(string_split(s, 'ß'), lambda p: upper(p)), 'ß') ELSE upper(s) END",
  `athena_replace(s, search, replacement) AS CASE WHEN search = ''
     THEN athena_fail('!NOT_SUPPORTED: the local Athena does not replace the empty string!', search)
     ELSE replace(s, search, replacement) END`,
  `athena_split(s, delimiter) AS CASE WHEN delimiter = ''
     THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: The delimiter may not be the empty string!', delimiter)
     ELSE string_split(s, delimiter) END`,
  `athena_split_part(s, delimiter, i) AS CASE WHEN i <= 0
     THEN athena_fail('!INVALID_FUNCTION_ARGUMENT: Index must be greater than zero!', i)
     ELSE athena_split(s, delimiter)[i] END`,
  `athena_split_to_map(s, entries, keys) AS CASE WHEN s IS NULL THEN NULL WHEN s = '' THEN CAST(map([], []) AS MAP(VARCHAR, VARCHAR))
     ELSE map_from_entries(list_transform(string_split(s, entries),
       lambda e: struct_pack(k := split_part(e, keys, 1), v := substring(e, strpos(e, keys) + length(keys))))) END`,
  "athena_last_position(s, part) AS CASE WHEN strpos(s, part) = 0 THEN 0 ELSE length(s) - strpos(reverse(s), reverse(part)) - length(part) + 2 END",
  `athena_substring(s, start) AS CASE WHEN start = 0 OR start > length(s) OR -start > length(s) THEN CASE WHEN s IS NOT NULL THEN '' END
     WHEN start < 0 THEN right(s, -start) ELSE substring(s, start) END`,
  `athena_substring_of(s, start, count) AS CASE WHEN count IS NULL THEN NULL WHEN count <= 0 THEN CASE WHEN s IS NOT NULL AND start IS NOT NULL THEN '' END
     ELSE left(athena_substring(s, start), count) END`,
  `athena_is_url(u) AS u IS NOT NULL AND regexp_matches(u, '${url}') AND NOT regexp_matches(u, '${unsafe}')`,
  `athena_url_protocol(u) AS ${part("^([A-Za-z][A-Za-z0-9+.-]*):", 1)}`,
  `athena_url_host(u) AS nullif(${part(authority, 1)}, '')`,
  `athena_url_port(u) AS TRY_CAST(nullif(${part(authority, 2)}, '') AS BIGINT)`,
  `athena_url_path(u) AS url_decode(replace(${part("^(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?([^?#]*)", 1)}, '+', '%2B'))`,
  `athena_url_query(u) AS url_decode(replace(${part("^[^?#]*\\?([^#]*)", 1)}, '+', '%2B'))`,
  `athena_url_fragment(u) AS url_decode(replace(${part("^[^#]*#(.*)$", 1)}, '+', '%2B'))`,
  `athena_url_parameter(u, name) AS (list_transform(list_filter(
       string_split(coalesce(${part("^[^?#]*\\?([^#]*)", 1)}, ''), '&'),
       lambda p: url_decode(split_part(p, '=', 1)) = name),
     lambda p: CASE WHEN contains(p, '=') THEN url_decode(replace(substring(p, strpos(p, '=') + 1), '+', ' ')) ELSE '' END))[1]`,
  "athena_url_encode(s) AS replace(replace(replace(url_encode(s), '%20', '+'), '%2A', '*'), '~', '%7E')",
];
