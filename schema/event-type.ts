import type { ColumnDefinition, Dataset } from "./dataset.ts";

/** The TypeScript type of one JSON value for a Glue type. */
export type JsonValueOf<Type extends string> = Type extends "string"
  ? string
  : Type extends "boolean"
    ? boolean
    : Type extends "tinyint" | "smallint" | "int" | "bigint" | "float" | "double" | `decimal(${string}`
      ? number
      : Type extends "date"
        ? string
        : Type extends "timestamp"
          ? string | number
          : Type extends `array<${infer Element}>`
            ? JsonValueOf<Element>[]
            : Record<string, unknown>;

type RequiredNames<Columns extends Record<string, ColumnDefinition>> = {
  [Name in keyof Columns]: Columns[Name] extends { required: true } ? Name : never;
}[keyof Columns];

/**
 * The event that a producer sends for a dataset: required columns must be there, every other column may be missing
 * or null.
 *
 * @example
 * const event: EventOf<typeof accessLog> = { time: "2026-11-20T10:00:00Z", status: 200 };
 */
export type EventOf<D> =
  D extends Dataset<infer Columns>
    ? { [Name in RequiredNames<Columns>]: JsonValueOf<Columns[Name]["type"]> } & {
        [Name in Exclude<keyof Columns, RequiredNames<Columns>>]?: JsonValueOf<Columns[Name]["type"]> | null;
      }
    : never;
