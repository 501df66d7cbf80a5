import { splitTopLevel } from "../../../schema/hive-type.ts";
import { commonType } from "../types/common-type.ts";
import { integerKinds, isInteger, isNumeric, type TrinoType } from "../types/trino-type.ts";

/** A type with variables, as a signature writes it. */
export type Pattern =
  | { readonly kind: "type"; readonly type: TrinoType }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "array"; readonly element: Pattern }
  | { readonly kind: "map"; readonly key: Pattern; readonly value: Pattern }
  | { readonly kind: "function"; readonly parameters: readonly Pattern[]; readonly result: Pattern }
  /** Any decimal. */
  | { readonly kind: "decimal" }
  /** An instant in any zone. */
  | { readonly kind: "instant" };

export interface Signature {
  readonly text: string;
  readonly name: string;
  readonly parameters: readonly Pattern[];
  readonly variadic: boolean;
  readonly result: Pattern;
}

/** What the variables of a signature stand for in one call. */
export type Bindings = Map<string, TrinoType>;

const simpleTypes = new Set([
  "boolean",
  "tinyint",
  "smallint",
  "integer",
  "bigint",
  "real",
  "double",
  "varchar",
  "varbinary",
  "date",
  "timestamp",
  "json",
  "unknown",
]);

const shortNames: Readonly<Record<string, Pattern>> = {
  decimal: { kind: "decimal" },
  instant: { kind: "instant" },
  dayToSecond: { kind: "type", type: { kind: "interval day to second" } },
  yearToMonth: { kind: "type", type: { kind: "interval year to month" } },
};

/**
 * Reads `name(varchar, array(T), function(T,boolean), K...) -> map(K,T)`. Upper-case letters are type variables; I
 * stands for an integer and N for a number; `...` repeats the last parameter.
 */
export function parseSignature(text: string): Signature {
  const [, name, list, result] = /^(\w+)\((.*)\) -> (.+)$/.exec(text) ?? [];
  if (name === undefined || list === undefined || result === undefined)
    throw new Error(`no signature: ${text}`);
  const variadic = list.endsWith("...");
  const parameters = typesOf(variadic ? list.slice(0, -3) : list);
  return { text, name, parameters, variadic, result: parsePattern(result) };
}

function parsePattern(text: string): Pattern {
  const nested = /^(array|map|function)\((.*)\)$/.exec(text);
  if (nested) {
    const parts = typesOf(nested[2] ?? "");
    const last = parts.at(-1) as Pattern;
    if (nested[1] === "array") return { kind: "array", element: last };
    if (nested[1] === "map") return { kind: "map", key: parts[0] as Pattern, value: last };
    return { kind: "function", parameters: parts.slice(0, -1), result: last };
  }
  if (simpleTypes.has(text)) return { kind: "type", type: { kind: text } as TrinoType };
  if (/^[A-Z]$/.test(text)) return { kind: "variable", name: text };
  const short = shortNames[text];
  if (!short) throw new Error(`no type: ${text}`);
  return short;
}

function typesOf(list: string): Pattern[] {
  const types = splitTopLevel(list).map((type) => type.trim());
  return types.filter((type) => type !== "").map(parsePattern);
}

/**
 * Fits a value's type to a parameter, binding variables.
 * @returns how far the type is widened (0: not at all), or nothing when it does not fit.
 */
export function fit(pattern: Pattern, type: TrinoType, bindings: Bindings): number | undefined {
  switch (pattern.kind) {
    case "type":
      return wideningCost(type, pattern.type);
    case "decimal":
      return type.kind === "decimal" ? 0 : undefined;
    case "instant":
      if (type.kind === "timestamp with time zone") return 0;
      return type.kind === "timestamp" || type.kind === "date" || type.kind === "unknown" ? 3 : undefined;
    case "variable": {
      const bound = bindings.get(pattern.name);
      const wide = bound ? commonType(bound, type) : type;
      if (!wide || !satisfies(pattern.name, wide)) return undefined;
      bindings.set(pattern.name, wide);
      return 0;
    }
    case "array":
      // Dearer than a plain type: `'a' || NULL` is text.
      if (type.kind === "unknown") return fit(pattern.element, type, bindings) === undefined ? undefined : 2;
      return type.kind === "array" ? fit(pattern.element, type.element, bindings) : undefined;
    case "map": {
      if (type.kind !== "map") return undefined;
      const key = fit(pattern.key, type.key, bindings);
      const value = fit(pattern.value, type.value, bindings);
      return key === undefined || value === undefined ? undefined : key + value;
    }
    case "function":
      return undefined;
  }
}

function satisfies(variable: string, type: TrinoType): boolean {
  if (type.kind === "unknown") return true;
  if (variable === "I") return isInteger(type);
  if (variable === "N") return isNumeric(type);
  return true;
}

const numberOrder: readonly string[] = [...integerKinds, "decimal", "real", "double"];

function wideningCost(from: TrinoType, to: TrinoType): number | undefined {
  if (from.kind === to.kind) return 0;
  const wide = commonType(from, to);
  if (wide?.kind !== to.kind) return undefined;
  if (from.kind === "unknown") return 1;
  return 1 + Math.abs(numberOrder.indexOf(to.kind) - numberOrder.indexOf(from.kind));
}

/** The type that a pattern is, with its variables bound. */
export function substitute(pattern: Pattern, bindings: Bindings): TrinoType {
  switch (pattern.kind) {
    case "type":
      return pattern.type;
    case "variable":
      return bindings.get(pattern.name) ?? { kind: "unknown" };
    case "array":
      return { kind: "array", element: substitute(pattern.element, bindings) };
    case "map":
      return {
        kind: "map",
        key: substitute(pattern.key, bindings),
        value: substitute(pattern.value, bindings),
      };
    case "instant":
      return { kind: "timestamp with time zone", zone: "UTC" };
    default:
      return { kind: "unknown" };
  }
}
