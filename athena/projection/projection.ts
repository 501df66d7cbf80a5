import { dateFormat } from "./date-format.ts";
import { dateRange } from "./date-range.ts";

/** Partition projection of a table: its partitions are computed, the catalog holds none (Athena user guide). */
export interface Projection {
  /** `s3://bucket/data/dt=${dt}/`, with every partition column. */
  readonly template: string;
  readonly columns: ReadonlyMap<string, ColumnProjection>;
  /** What makes every query of the table fail, as Athena says it. */
  readonly problem?: string;
}

interface ColumnProjection {
  /** Whether Athena would generate this value at `now`. */
  contains(value: string, now: Date): boolean;
  /** Whether every query must say which value it wants. */
  readonly injected: boolean;
}

/** The projection that a table's parameters declare. @returns nothing unless `projection.enabled` is true. */
export function projectionOf(
  table: string,
  parameters: Readonly<Record<string, string>>,
  partitionColumns: readonly string[],
  location: string,
): Projection | undefined {
  if (parameters["projection.enabled"]?.trim().toLowerCase() !== "true") return undefined;
  const hiveTemplate = `${location.replace(/\/?$/, "/")}${partitionColumns.map((name) => `${name}=\${${name}}/`).join("")}`;
  const template = parameters["storage.location.template"] ?? hiveTemplate;
  const missing = partitionColumns.filter((name) => parameters[`projection.${name}.type`] === undefined);
  const absent = partitionColumns.filter((name) => !template.includes(`\${${name}}`));
  const columns = new Map<string, ColumnProjection>();
  let problem: string | undefined;
  if (missing.length > 0) {
    problem = `Table ${table} is configured for partition projection, but the following partition columns are missing projection configuration: [${missing.join(", ")}]`;
  } else if (absent.length > 0) {
    problem = `Table ${table}: storage.location.template does not contain [${absent.join(", ")}]`;
  } else {
    try {
      for (const name of partitionColumns) columns.set(name, columnProjection(name, parameters));
    } catch (error) {
      problem = `Table ${table}: ${(error as Error).message}`;
    }
  }
  return { template, columns, ...(problem !== undefined && { problem }) };
}

function columnProjection(column: string, parameters: Readonly<Record<string, string>>): ColumnProjection {
  const setting = (name: string) => parameters[`projection.${column}.${name}`];
  const required = (name: string) => {
    const value = setting(name);
    if (value === undefined) throw new Error(`projection.${column}.${name} is missing.`);
    return value;
  };
  const type = required("type").trim().toLowerCase();
  switch (type) {
    case "date": {
      const range = dateRange(
        required("range"),
        dateFormat(required("format")),
        setting("interval"),
        setting("interval.unit"),
      );
      return { contains: (value, now) => range(value, now), injected: false };
    }
    case "integer":
      return integerProjection(required("range"), setting("interval"), setting("digits"));
    case "enum": {
      const values = new Set(required("values").split(","));
      return { contains: (value) => values.has(value), injected: false };
    }
    case "injected":
      return { contains: () => true, injected: true };
    default:
      throw new Error(`projection.${column}.type "${type}": use date, integer, enum or injected.`);
  }
}

function integerProjection(range: string, interval = "1", digits?: string): ColumnProjection {
  const [first, last] = range.split(",").map((part) => BigInt(part.trim()));
  if (first === undefined || last === undefined)
    throw new Error(`range "${range}": write two integers with a comma.`);
  const step = BigInt(interval);
  const write = (value: bigint) =>
    digits === undefined ? String(value) : String(value).padStart(Number(digits), "0");
  const contains = (text: string) => {
    if (!/^-?\d+$/.test(text)) return false;
    const value = BigInt(text);
    return value >= first && value <= last && (value - first) % step === 0n && write(value) === text;
  };
  return { contains, injected: false };
}
