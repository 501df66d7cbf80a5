import { define, type FunctionDefinition } from "./definition.ts";

/** Trino documentation, "Binary functions and operators". */
export const binaryFunctions: readonly FunctionDefinition[] = [
  define("concat(varbinary, varbinary) -> varbinary", "($1 || $2)"),
  define("from_base64(varchar) -> varbinary", "from_base64($1)"),
  define("from_hex(varchar) -> varbinary", "from_hex($1)"),
  define("from_utf8(varbinary) -> varchar", "decode($1)"),
  define("md5(varbinary) -> varbinary", "from_hex(md5($1))"),
  define("sha1(varbinary) -> varbinary", "from_hex(sha1($1))"),
  define("sha256(varbinary) -> varbinary", "from_hex(sha256($1))"),
  define("to_base64(varbinary) -> varchar", "to_base64($1)"),
  define("to_hex(varbinary) -> varchar", "hex($1)"),
  define("to_utf8(varchar) -> varbinary", "encode($1)"),
];
