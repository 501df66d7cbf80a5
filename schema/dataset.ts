import { parseHiveType } from "./hive-type.ts";
import { valueProblems, type ColumnValues } from "./column-values.ts";
import { firehoseTimeZoneProblem } from "./time-zone.ts";

/** What a partition of the lake covers, by arrival time in the dataset's time zone. */
export type Granularity = "hour" | "day" | "month";

export interface ColumnDefinition extends ColumnValues {
  /** One sentence for the data dictionary and the Glue table. 1-255 characters. */
  readonly description: string;
  /** Whether producers refuse an event without it. Firehose itself never does. Default: false. */
  readonly required?: boolean | undefined;
}

/** A column as the derivations see it. */
export interface Column extends ColumnDefinition {
  /** The key in the event's JSON, as producers write it. */
  readonly name: string;
  /** The name in Glue and SQL: Glue and the OpenX JSON SerDe lower-case every key (aws-semantics 1.4). */
  readonly columnName: string;
}

export interface DatasetDefinition<Columns extends Record<string, ColumnDefinition>> {
  /** Lower-case words joined by hyphens, 1-24 characters: it is part of every resource's name. */
  readonly name: string;
  /** One sentence: what an event says. */
  readonly description: string;
  /** The columns in the order that the Parquet files have. The only place where a column is named. */
  readonly columns: Columns;
  /** The column (of type timestamp or date) that says when the event happened. */
  readonly eventTime: keyof Columns & string;
  /** The string column that identifies an event, so that a query can count it once. */
  readonly eventId: keyof Columns & string;
  /** The string column that says which events belong to one visit, order or journey. Default: none does. */
  readonly sessionId?: (keyof Columns & string) | undefined;
  /** The IANA time zone whose days the analysts mean. Default: `UTC`. */
  readonly timeZone?: string | undefined;
  /** How long a partition is. Default: `day`. */
  readonly partitioning?: Granularity | undefined;
  /** The first day, `yyyy-MM-dd` in `timeZone`, on which an event can arrive: where the projection starts. */
  readonly since: string;
}

export interface Dataset<
  Columns extends Record<string, ColumnDefinition> = Record<string, ColumnDefinition>,
> {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** The name of the event time column, in SQL. */
  readonly eventTime: string;
  /** The name of the event id column, in SQL. */
  readonly eventId: string;
  /** The name of the session id column, in SQL; absent where events stand alone. */
  readonly sessionId?: string;
  readonly timeZone: string;
  readonly partitioning: Granularity;
  readonly since: string;
  /** The name of the Glue table: the dataset's name with underscores. */
  readonly tableName: string;
  /** The definition's columns, kept for the type of an event (`EventOf`). */
  readonly definition: Columns;
}

/** The partition column of every table. A string, as Athena's partition projection prefers. */
export const partitionColumn = "dt";

/** Names that a column cannot have without quoting in every query (Trino's reserved words), or that the layout uses. */
const reservedNames = new Set([
  partitionColumn,
  ...`all alter and any array as between by case cast constraint create cross cube current_catalog current_date
    current_path current_role current_schema current_time current_timestamp current_user date deallocate delete describe
    distinct drop else end escape except execute exists extract false first for from full group grouping having in inner
    insert intersect into is join json_array json_exists json_object json_query json_table json_value last left like
    listagg localtime localtimestamp natural normalize not null on or order outer partition prepare recursive right
    rollup row select skip table then time_zone trim true uescape union unnest using values when where with`.split(
    /\s+/,
  ),
]);

/**
 * Checks a dataset and derives what its users need.
 * @throws {DatasetError} listing every mistake: a name that is no name, names that are the same after lower-casing,
 *   a reserved name, an unknown type, values or a range that do not fit the type, an event time, event id or session id
 *   that is no such column, a time zone that Firehose refuses.
 */
export function defineDataset<const Columns extends Record<string, ColumnDefinition>>(
  definition: DatasetDefinition<Columns>,
): Dataset<Columns> {
  const timeZone = definition.timeZone ?? "UTC";
  const columns = Object.entries(definition.columns).map(([name, column]) => ({
    ...column,
    name,
    columnName: name.toLowerCase(),
  }));
  const problems = [
    ...nameProblems(definition.name),
    ...columns.flatMap(columnProblems),
    ...duplicateProblems(columns),
    ...typeProblem(columns, "eventTime", definition.eventTime, ["timestamp", "date"]),
    ...typeProblem(columns, "eventId", definition.eventId, ["string"]),
    ...(definition.sessionId === undefined
      ? []
      : typeProblem(columns, "sessionId", definition.sessionId, ["string"])),
    ...firehoseTimeZoneProblem(timeZone),
    ...partitioningProblems(definition.partitioning),
    ...sinceProblems(definition.since),
  ];
  if (problems.length > 0) throw new DatasetError(definition.name, problems);

  return {
    name: definition.name,
    description: definition.description,
    columns,
    eventTime: definition.eventTime.toLowerCase(),
    eventId: definition.eventId.toLowerCase(),
    ...(definition.sessionId !== undefined && { sessionId: definition.sessionId.toLowerCase() }),
    timeZone,
    partitioning: definition.partitioning ?? "day",
    since: definition.since,
    tableName: definition.name.replaceAll("-", "_"),
    definition: definition.columns,
  };
}

/** All the mistakes of one dataset's definition. */
export class DatasetError extends Error {
  readonly problems: readonly string[];

  constructor(dataset: string, problems: readonly string[]) {
    super(`Dataset "${dataset}":\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "DatasetError";
    this.problems = problems;
  }
}

function nameProblems(name: string): string[] {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 24) return [];
  return [`name "${name}": use 1-24 lower-case letters, digits and single hyphens, starting with a letter.`];
}

/** What is wrong with the name of a column, in one sentence each. */
export function columnNameProblems(name: string): string[] {
  const columnName = name.toLowerCase();
  return [
    ...(/^[a-z][a-z0-9_]{0,126}$/.test(columnName)
      ? []
      : ["use letters, digits and underscores, starting with a letter, 127 at most."]),
    ...(reservedNames.has(columnName)
      ? [`"${columnName}" is a reserved word in Athena or in the layout. Rename it.`]
      : []),
  ];
}

function columnProblems(column: Column): string[] {
  const at = `column "${column.name}"`;
  const problems = columnNameProblems(column.name).map((problem) => `${at}: ${problem}`);
  if (column.description.length < 1 || column.description.length > 255) {
    problems.push(`${at}: a description of 1-255 characters is needed (the limit of a Glue comment).`);
  }
  try {
    parseHiveType(column.type);
  } catch (error) {
    problems.push(`${at}: ${(error as Error).message}`);
  }
  return [...problems, ...valueProblems(column).map((problem) => `${at}: ${problem}`)];
}

function duplicateProblems(columns: readonly Column[]): string[] {
  return [...Map.groupBy(columns, (column) => column.columnName)]
    .filter(([, same]) => same.length > 1)
    .map(([columnName, same]) => {
      const names = same.map((column) => `"${column.name}"`).join(" and ");
      return `columns ${names} are both "${columnName}" after lower-casing, which Glue does. Rename one.`;
    });
}

function typeProblem(columns: readonly Column[], field: string, name: string, types: string[]): string[] {
  const column = columns.find((candidate) => candidate.name === name);
  if (column && types.includes(column.type)) return [];
  return [`${field} "${name}": name a column of type ${types.join(" or ")}.`];
}

function partitioningProblems(partitioning: string | undefined): string[] {
  if (partitioning === undefined || ["hour", "day", "month"].includes(partitioning)) return [];
  return [`partitioning "${partitioning}": use hour, day or month.`];
}

function sinceProblems(since: string): string[] {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(since) ? Date.parse(`${since}T00:00:00Z`) : NaN;
  // February 31 is parsed as March 3.
  const valid = !Number.isNaN(time) && new Date(time).toISOString().startsWith(since);
  return valid ? [] : [`since "${since}": write a day that exists, as yyyy-MM-dd.`];
}
