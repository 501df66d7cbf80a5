import type { DuckDBValue } from "@duckdb/node-api";
import { parseHiveType, type HiveType } from "../../schema/hive-type.ts";
import { DuckDBListValue, DuckDBMapValue, DuckDBStructValue } from "../duckdb.ts";
import { doesNotMatch, inputString } from "./conversion-failure.ts";
import { textOf, toBigint, toDecimal, toFloatingPoint, toInteger } from "./hive-numbers.ts";
import { toDate, toTimestamp } from "./hive-times.ts";
import { JsonNumber, needsDigits } from "./json-number.ts";

/** How the OpenX JSON SerDe reads keys (aws-semantics 1.4). */
export interface OpenXOptions {
  /** Keys are lower-cased before they are looked up. Default on AWS: true. */
  readonly caseInsensitive: boolean;
  /** Default on AWS: false. */
  readonly convertDotsInJsonKeysToUnderscores: boolean;
  /** Column to JSON key, for keys that can't be column names. */
  readonly columnToJsonKeyMappings: Readonly<Record<string, string>>;
}

/**
 * Turns a JSON value, not null, into a value of a column, as Firehose's OpenX JSON SerDe does.
 * @throws {ConversionFailure} when it is none of that type.
 * @throws {NeedsDigits} when a number is needed as it is written.
 */
export type Coerce = (value: unknown) => DuckDBValue;

/** The coercion to a Glue type. @throws {Error} when the type is unknown. */
export function coerceTo(type: string, options: OpenXOptions): Coerce {
  return coercion(parseHiveType(type), options);
}

function coercion(type: HiveType, options: OpenXOptions): Coerce {
  switch (type.kind) {
    case "string":
      return (json) => (typeof json === "string" ? json : toText(json, options));
    case "boolean":
      return toBoolean;
    case "tinyint":
    case "smallint":
    case "int":
      return toInteger(type.kind);
    case "bigint":
      return toBigint;
    case "float":
    case "double":
      return toFloatingPoint(type.kind);
    case "decimal":
      return toDecimal(type.precision, type.scale);
    case "date":
      return toDate;
    case "timestamp":
      return toTimestamp;
    case "array":
      return toList(coercion(type.element, options));
    case "map":
      return toMap(coercion(type.value, options), options);
    case "struct":
      return toStruct(
        type.fields.map((field) => ({ name: field.name, coerce: coercion(field.type, options) })),
        options,
      );
  }
}

/** The name under which a key is looked up. */
export function keyName(key: string, options: OpenXOptions): string {
  const cased = options.caseInsensitive ? key.toLowerCase() : key;
  return options.convertDotsInJsonKeysToUnderscores ? cased.replaceAll(".", "_") : cased;
}

function toText(json: unknown, options: OpenXOptions): string {
  if (typeof json === "number") throw needsDigits;
  if (json instanceof JsonNumber) return json.source;
  if (typeof json === "boolean") return String(json);
  return JSON.stringify(renameKeys(json, options));
}

/** Keys are renamed at any depth before a nested value becomes text (probed). */
function renameKeys(json: unknown, options: OpenXOptions): unknown {
  if (typeof json === "number") throw needsDigits;
  if (Array.isArray(json)) return json.map((element) => renameKeys(element, options));
  if (!isObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [keyName(key, options), renameKeys(value, options)]),
  );
}

function toBoolean(json: unknown): boolean {
  if (typeof json === "boolean") return json;
  if (typeof json === "string" && /^(true|false)$/i.test(json)) return json.toLowerCase() === "true";
  throw inputString(textOf(json));
}

/** A value that is no array becomes an array of one (probed). */
function toList(element: Coerce): Coerce {
  return (json) =>
    new DuckDBListValue(
      (Array.isArray(json) ? (json as unknown[]) : [json]).map((item) =>
        item === null ? null : element(item),
      ),
    );
}

function toMap(value: Coerce, options: OpenXOptions): Coerce {
  return (json) => {
    if (!isObject(json) || Array.isArray(json)) throw notAnObject(json);
    const entries = new Map<string, DuckDBValue>();
    for (const [key, item] of Object.entries(json)) {
      entries.set(keyName(key, options), item === null ? null : value(item));
    }
    return new DuckDBMapValue([...entries].map(([key, item]) => ({ key, value: item })));
  };
}

/** An object's members go by name, an array's by position; what is missing is null, what is undeclared is dropped. */
function toStruct(fields: readonly { name: string; coerce: Coerce }[], options: OpenXOptions): Coerce {
  return (json) => {
    if (!isObject(json)) throw notAnObject(json);
    const members = Array.isArray(json)
      ? new Map(fields.map(({ name }, index) => [name, json[index] as unknown]))
      : new Map(Object.entries(json).map(([key, item]) => [keyName(key, options), item]));
    return new DuckDBStructValue(
      Object.fromEntries(
        fields.map(({ name, coerce }) => {
          const item = members.get(name);
          return [name, item === undefined || item === null ? null : coerce(item)];
        }),
      ),
    );
  };
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !(json instanceof JsonNumber);
}

/** The two spaces are AWS's (probed). */
function notAnObject(json: unknown) {
  let javaType = "java.lang.String";
  if (Array.isArray(json)) javaType = "org.openx.data.jsonserde.json.JSONArray";
  else if (typeof json === "boolean") javaType = "java.lang.Boolean";
  else if (typeof json !== "string")
    javaType = /[.eE]/.test(textOf(json)) ? "java.lang.Double" : "java.lang.Long";
  return doesNotMatch(`Data is not JSONObject  but ${javaType} with value ${textOf(json)}`);
}
