import { define, type FunctionDefinition } from "./definition.ts";

/** Trino documentation, "URL functions": NULL for text that is no URL. */
export const urlFunctions: readonly FunctionDefinition[] = [
  define("url_decode(varchar) -> varchar", "url_decode(replace($1, '+', ' '))"),
  define("url_encode(varchar) -> varchar", "athena_url_encode($1)"),
  define("url_extract_fragment(varchar) -> varchar", "athena_url_fragment($1)"),
  define("url_extract_host(varchar) -> varchar", "athena_url_host($1)"),
  define("url_extract_parameter(varchar, varchar) -> varchar", "athena_url_parameter($1, $2)"),
  define("url_extract_path(varchar) -> varchar", "athena_url_path($1)"),
  define("url_extract_port(varchar) -> bigint", "athena_url_port($1)"),
  define("url_extract_protocol(varchar) -> varchar", "athena_url_protocol($1)"),
  define("url_extract_query(varchar) -> varchar", "athena_url_query($1)"),
];
