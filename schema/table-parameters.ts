import { z } from "zod";
import { DatasetError, defineDataset, type Column, type ColumnDefinition, type Dataset } from "./dataset.ts";
import type { HiveTypeText } from "./hive-type.ts";

/**
 * The parameters of a Glue table that say what its columns and its projection do not, so that any reader, in any
 * language, gets the dataset back from the table (docs/table-parameters.md).
 */
const prefix = "sluice.";
const columnPrefix = `${prefix}column.`;

/** What the parameters mean. Another number is another meaning, which this code does not know. */
const version = "1";

/** Glue's limit for a parameter's value, in characters (Glue API, "KeyString" and "ParametersMapValue"). */
const longestValue = 512_000;

/** A table, as Glue or Athena describes it. */
export interface TableDescription {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment?: string }[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** A table whose parameters give no dataset. The message says which parameter, and what to do. */
export class TableParametersError extends Error {
  override name = "TableParametersError";
}

const columnSchema = z.strictObject({
  /** The key in the event's JSON, where it is not the column's name. */
  key: z.string().optional(),
  required: z.boolean().optional(),
  values: z.array(z.union([z.string(), z.number()])).optional(),
  examples: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

/** The parameters that carry a dataset. Pure: the same dataset gives the same parameters. */
export function tableParametersOf(dataset: Dataset): Record<string, string> {
  return {
    // Hive's name for what a table is; Athena hands parameters on, but not the table's description.
    comment: dataset.description,
    [`${prefix}version`]: version,
    [`${prefix}dataset`]: dataset.name,
    [`${prefix}event-time`]: dataset.eventTime,
    [`${prefix}event-id`]: dataset.eventId,
    ...(dataset.sessionId !== undefined && { [`${prefix}session-id`]: dataset.sessionId }),
    [`${prefix}time-zone`]: dataset.timeZone,
    [`${prefix}partitioning`]: dataset.partitioning,
    [`${prefix}since`]: dataset.since,
    ...Object.fromEntries(dataset.columns.flatMap((column) => parameterOf(dataset.name, column))),
  };
}

function parameterOf(dataset: string, column: Column): [string, string][] {
  const { name, columnName, required, values, examples, minimum, maximum } = column;
  const said = {
    ...(name !== columnName && { key: name }),
    ...(required && { required }),
    values,
    examples,
    minimum,
    maximum,
  };
  const text = JSON.stringify(said);
  if (text === "{}") return [];
  if (text.length > longestValue) {
    throw new DatasetError(dataset, [
      `column "${name}": its values and examples are ${text.length} characters, Glue keeps ${longestValue} at most.`,
    ]);
  }
  return [[columnPrefix + columnName, text]];
}

/** Whether a table says which dataset it holds. */
export function carriesDataset({ parameters }: Pick<TableDescription, "parameters">): boolean {
  return `${prefix}dataset` in parameters;
}

/**
 * The dataset that a table carries: the reverse of `tableParametersOf`.
 * @throws {TableParametersError} for a table that carries none, one of another version, and parameters that were edited
 *   by hand until they mean nothing: naming the table, the parameter and its value.
 */
export function datasetOfTable(table: TableDescription): Dataset {
  const { parameters } = table;
  const refuse = (problem: string) =>
    new TableParametersError(
      `table "${table.name}": ${problem}\nIts parameters ${prefix}* say which dataset it holds; \`pulumi up\` writes them anew.`,
    );
  if (!carriesDataset(table)) throw refuse(`it has no parameter ${prefix}dataset.`);
  const given = parameters[`${prefix}version`];
  if (given !== version) {
    throw refuse(
      `its parameter ${prefix}version is "${given ?? ""}", this sluice reads "${version}". Use the sluice that deployed it.`,
    );
  }
  const needed = (name: string): string => {
    const value = parameters[prefix + name];
    if (value !== undefined && value !== "") return value;
    throw refuse(`it has no parameter ${prefix}${name}.`);
  };

  const columns: Record<string, ColumnDefinition> = {};
  const names = new Map<string, string>();
  const known = new Set(table.columns.map(({ name }) => columnPrefix + name));
  const foreign = Object.keys(parameters).find((key) => key.startsWith(columnPrefix) && !known.has(key));
  if (foreign !== undefined) throw refuse(`its parameter ${foreign} names no column.`);
  for (const { name, type, comment = "" } of table.columns) {
    const { key = name, ...said } = columnOf(columnPrefix + name, parameters, refuse);
    if (key.toLowerCase() !== name)
      throw refuse(`its parameter ${columnPrefix}${name} has the key "${key}".`);
    names.set(name, key);
    columns[key] = { type: type as HiveTypeText, description: comment || name, ...said };
  }
  const keyOf = (parameter: string): string => {
    const column = needed(parameter);
    return names.get(column) ?? column;
  };
  try {
    return defineDataset({
      name: needed("dataset"),
      description: parameters["comment"] ?? needed("dataset"),
      columns,
      eventTime: keyOf("event-time"),
      eventId: keyOf("event-id"),
      ...(parameters[`${prefix}session-id`] !== undefined && { sessionId: keyOf("session-id") }),
      timeZone: needed("time-zone"),
      partitioning: needed("partitioning") as Dataset["partitioning"],
      since: needed("since"),
    });
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    throw refuse(error.problems.join("\n  "));
  }
}

function columnOf(
  parameter: string,
  parameters: TableDescription["parameters"],
  refuse: (problem: string) => Error,
) {
  const text = parameters[parameter] ?? "{}";
  try {
    const { key, required, values, examples, minimum, maximum } = columnSchema.parse(JSON.parse(text));
    return {
      ...(key !== undefined && { key }),
      ...(required !== undefined && { required }),
      ...(values && { values }),
      ...(examples && { examples }),
      ...(minimum !== undefined && { minimum }),
      ...(maximum !== undefined && { maximum }),
    };
  } catch {
    throw refuse(`its parameter ${parameter} is ${text}: that is no description of a column.`);
  }
}
