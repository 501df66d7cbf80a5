import type { TrinoType } from "../../../athena/dialect/types/trino-type.ts";
import type { ResultColumn } from "./execution.ts";

const precisions: Readonly<Record<string, number>> = {
  tinyint: 3,
  smallint: 5,
  integer: 10,
  bigint: 19,
  real: 17,
  double: 17,
  timestamp: 3,
  "timestamp with time zone": 3,
  varbinary: 1_073_741_824,
};

/** How the API describes a column of a type (aws-semantics 4.4). */
export function resultColumn(name: string, type: TrinoType): ResultColumn {
  const base = { name, scale: 0, caseSensitive: type.kind === "varchar" };
  switch (type.kind) {
    case "varchar":
      return { ...base, type: "varchar", precision: type.length ?? 2_147_483_647 };
    case "decimal":
      return { ...base, type: "decimal", precision: type.precision, scale: type.scale };
    case "real":
      return { ...base, type: "float", precision: 17 };
    default:
      return { ...base, type: type.kind, precision: precisions[type.kind] ?? 0 };
  }
}
