import { QueryFailure } from "./parse/syntax-error.ts";
import { quoteString } from "../sql/quote.ts";
import { fieldKey, type TrinoType } from "./types/trino-type.ts";
import { wallClockSql } from "./types/time-zones.ts";

/**
 * A value as Athena writes it into results: `1.0E20`, `[1, 2]`, `{k=1}`, `2020-01-01 12:34:56.789 UTC`.
 * @throws {QueryFailure} for instants whose zone is not known.
 */
export function renderSql(sql: string, type: TrinoType): string {
  switch (type.kind) {
    case "varchar":
      return sql;
    case "real":
    case "double":
      return `athena_show_double(${sql})`;
    case "decimal":
      return decimalText(sql, type);
    case "timestamp":
      return `athena_show_timestamp(${sql})`;
    case "timestamp with time zone":
      if (type.zone === undefined) {
        throw new QueryFailure(
          "NOT_SUPPORTED",
          "the local Athena keeps no time zone per row: use AT TIME ZONE",
        );
      }
      return `(athena_show_timestamp(${wallClockSql(sql, type.zone)}) || ${quoteString(` ${type.zone}`)})`;
    case "varbinary":
      return `athena_show_bytes(${sql})`;
    case "interval day to second":
      return `athena_show_days(epoch_us(${sql}))`;
    case "interval year to month":
      return `athena_show_months(${sql})`;
    case "array":
      return `('[' || ${joined(sql, type.element)} || ']')`;
    case "map": {
      const entry = `${inside("struct_extract(e, 'key')", type.key)} || '=' || ${inside("struct_extract(e, 'value')", type.value)}`;
      return `('{' || array_to_string(list_transform(map_entries(${sql}), lambda e: ${entry}), ', ') || '}')`;
    }
    case "row": {
      const fields = type.fields.map((field, i) => {
        const key = fieldKey(field, i);
        return `${quoteString(`${key}=`)} || ${inside(`struct_extract(${sql}, ${quoteString(key)})`, field.type)}`;
      });
      return `CASE WHEN ${sql} IS NOT NULL THEN '{' || ${fields.join(" || ', ' || ")} || '}' END`;
    }
    default:
      return `CAST(${sql} AS VARCHAR)`;
  }
}

/** A decimal as text. */
export function decimalText(sql: string, type: TrinoType & { kind: "decimal" }): string {
  const text = `CAST(${sql} AS VARCHAR)`;
  return type.precision === type.scale ? `athena_show_fraction(${text})` : text;
}

function joined(sql: string, element: TrinoType): string {
  return `array_to_string(list_transform(${sql}, lambda e: ${inside("e", element)}), ', ')`;
}

function inside(sql: string, type: TrinoType): string {
  return `coalesce(${renderSql(sql, type)}, 'null')`;
}
