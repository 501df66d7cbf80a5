import { parseHiveType, type HiveType } from "./hive-type.ts";

/** The DuckDB type that holds a Glue column's values, as SQL text: `array<int>` is `INTEGER[]`. */
export function duckdbTypeOf(hiveType: string): string {
  return render(parseHiveType(hiveType));
}

function render(type: HiveType): string {
  switch (type.kind) {
    case "string":
      return "VARCHAR";
    case "int":
      return "INTEGER";
    case "decimal":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "array":
      return `${render(type.element)}[]`;
    case "map":
      return `MAP(VARCHAR, ${render(type.value)})`;
    case "struct":
      return `STRUCT(${type.fields.map((f) => `"${f.name}" ${render(f.type)}`).join(", ")})`;
    default:
      return type.kind.toUpperCase();
  }
}
