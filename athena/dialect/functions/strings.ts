import { QueryFailure } from "../parse/syntax-error.ts";
import { quoteString } from "../../sql/quote.ts";
import { displayType, type TrinoType } from "../types/trino-type.ts";
import { define, type BoundCall, type FunctionDefinition } from "./definition.ts";

/** Trino documentation, "String functions and operators". */
export const stringFunctions: readonly FunctionDefinition[] = [
  define("chr(bigint) -> varchar", "chr(CAST($1 AS INTEGER))"),
  define("codepoint(varchar) -> integer", "ascii($1)"),
  define("concat(varchar, varchar...) -> varchar", ({ sqls }) => `(${sqls.join(" || ")})`),
  define(
    "concat_ws(varchar, array(varchar)) -> varchar",
    "CASE WHEN $1 IS NULL THEN NULL ELSE array_to_string($2, $1) END",
  ),
  define(
    "concat_ws(varchar, varchar...) -> varchar",
    "CASE WHEN $1 IS NULL THEN NULL ELSE concat_ws($*) END",
  ),
  define("ends_with(varchar, varchar) -> boolean", "suffix($1, $2)"),
  define("format(varchar, T...) -> varchar", formatted),
  define("hamming_distance(varchar, varchar) -> bigint", "CAST(hamming($1, $2) AS BIGINT)"),
  define("length(varchar) -> bigint", "length($1)"),
  define("length(varbinary) -> bigint", "octet_length($1)"),
  define("levenshtein_distance(varchar, varchar) -> bigint", "levenshtein($1, $2)"),
  define("lower(varchar) -> varchar", "lower($1)"),
  define("lpad(varchar, bigint, varchar) -> varchar", "lpad($1, CAST($2 AS INTEGER), $3)"),
  define("ltrim(varchar) -> varchar", "ltrim($1, athena_white_space())"),
  define("ltrim(varchar, varchar) -> varchar", "ltrim($1, $2)"),
  define("position(varchar, varchar) -> bigint", "strpos($2, $1)"),
  define("replace(varchar, varchar) -> varchar", "athena_replace($1, $2, '')"),
  define("replace(varchar, varchar, varchar) -> varchar", "athena_replace($1, $2, $3)"),
  define("reverse(varchar) -> varchar", "reverse($1)"),
  define("rpad(varchar, bigint, varchar) -> varchar", "rpad($1, CAST($2 AS INTEGER), $3)"),
  define("rtrim(varchar) -> varchar", "rtrim($1, athena_white_space())"),
  define("rtrim(varchar, varchar) -> varchar", "rtrim($1, $2)"),
  define("split(varchar, varchar) -> array(varchar)", "athena_split($1, $2)"),
  define("split_part(varchar, varchar, bigint) -> varchar", "athena_split_part($1, $2, $3)"),
  define("starts_with(varchar, varchar) -> boolean", "starts_with($1, $2)"),
  define("strpos(varchar, varchar) -> bigint", "strpos($1, $2)"),
  define("strrpos(varchar, varchar) -> bigint", "athena_last_position($1, $2)"),
  define("substr(varchar, bigint) -> varchar", "athena_substring($1, $2)"),
  define("substr(varchar, bigint, bigint) -> varchar", "athena_substring_of($1, $2, $3)"),
  define("substring(varchar, bigint) -> varchar", "athena_substring($1, $2)"),
  define("substring(varchar, bigint, bigint) -> varchar", "athena_substring_of($1, $2, $3)"),
  define("translate(varchar, varchar, varchar) -> varchar", "translate($1, $2, $3)"),
  define("trim(varchar) -> varchar", "trim($1, athena_white_space())"),
  define("trim(varchar, varchar) -> varchar", "trim($1, $2)"),
  define("upper(varchar) -> varchar", "athena_upper($1)"),
];

/** `format` with the conversions that Java's Formatter and DuckDB's printf share. */
function formatted(call: BoundCall): string {
  const format = call.text(0);
  const values = call.sqls.slice(1);
  const types = call.values.slice(1).map((value): TrinoType => value?.type ?? { kind: "unknown" });
  const refused = new QueryFailure(
    "NOT_SUPPORTED",
    `the local Athena formats varchar and integers by %s, integers by %d and doubles by %.nf, not '${format}' with ` +
      `(${types.map(displayType).join(", ")})`,
    call.at,
  );
  let used = 0;
  const template = format.replaceAll(
    /%(%|(-?)(0?)(\d*)(?:\.(\d+))?([a-zA-Z])|)/g,
    (
      found: string,
      whole: string,
      _: string,
      zero: string,
      width: string,
      digits: string | undefined,
      letter: string,
    ) => {
      if (whole === "%") return "%%";
      const kind = types[used]?.kind ?? "";
      const value = values[used] ?? "";
      const isInteger = integers.includes(kind);
      if (letter === "d" && isInteger && digits === undefined) used++;
      else if (letter === "s" && (isInteger || kind === "varchar") && digits === undefined && zero === "") {
        values[used++] = `CAST(${value} AS VARCHAR)`;
      } else if (letter === "f" && kind === "double" && zero === "") {
        // Java rounds the shortest decimal form half up; printf rounds the binary value to even.
        values[used++] =
          `CAST(CAST(CAST(${value} AS VARCHAR) AS DECIMAL(38,${Number(digits ?? 6)})) AS VARCHAR)`;
        return `%${found.startsWith("%-") ? "-" : ""}${width}s`;
      } else throw refused;
      return found;
    },
  );
  if (used !== values.length) throw refused;
  return `printf(${[quoteString(template), ...values].join(", ")})`;
}

const integers = ["tinyint", "smallint", "integer", "bigint"];
