import { QueryFailure } from "../parse/syntax-error.ts";
import { asDecimal } from "../types/common-type.ts";
import { duckdbType } from "../types/trino-type.ts";
import { define, type BoundCall, type FunctionDefinition, type Produced } from "./definition.ts";

/**
 * Trino documentation, "Mathematical functions": what has an overload for decimals and keeps them exact. The types are
 * those of Trino's MathFunctions.
 */
export const decimalFunctions: readonly FunctionDefinition[] = [
  define("ceil(decimal) -> decimal", (call) => whole(call, "ceil")),
  define("ceiling(decimal) -> decimal", (call) => whole(call, "ceil")),
  define("floor(decimal) -> decimal", (call) => whole(call, "floor")),
  define("round(decimal) -> decimal", (call) => whole(call, "round")),
  define("round(decimal, bigint) -> decimal", (call) => {
    const { precision, scale } = typeOf(call);
    return cast(
      `athena_round_decimal(${call.sqls.join(", ")}, ${scale})`,
      Math.min(38, precision + 1),
      scale,
    );
  }),
  define("sign(decimal) -> decimal", ({ sqls }) => cast(`sign(${sqls[0]})`, 1, 0)),
  define("truncate(decimal) -> decimal", (call) => {
    const { precision, scale } = typeOf(call);
    return cast(`trunc(${call.sqls[0]})`, Math.max(1, precision - scale), 0);
  }),
  define("truncate(decimal, bigint) -> decimal", (call) => {
    const { precision, scale } = typeOf(call);
    return cast(`athena_truncate_decimal(${call.sqls.join(", ")}, ${scale})`, precision, scale);
  }),
  define("truncate(I) -> I", refuse),
  define("truncate(I, bigint) -> I", refuse),
  define("mod(decimal, decimal) -> decimal", refuse),
  define("mod(decimal, I) -> decimal", refuse),
  define("mod(I, decimal) -> decimal", refuse),
];

function typeOf({ values }: BoundCall): { precision: number; scale: number } {
  const [value] = values;
  if (!value) throw new Error("the signature demands a decimal");
  return asDecimal(value.type);
}

function whole(call: BoundCall, name: string): Produced {
  const { precision, scale } = typeOf(call);
  return cast(`${name}(${call.sqls[0]})`, Math.min(38, precision - scale + Math.min(scale, 1)), 0);
}

function cast(sql: string, precision: number, scale: number): Produced {
  const type = { kind: "decimal", precision, scale } as const;
  return { sql: `CAST(${sql} AS ${duckdbType(type)})`, type };
}

function refuse({ at }: BoundCall): never {
  const problem = "the type of this function over integers or decimals is not certain: cast to double";
  throw new QueryFailure("NOT_SUPPORTED", problem, at);
}
