import { DuckDBDecimalValue } from "../duckdb.ts";
import { inputString, doesNotMatch } from "./conversion-failure.ts";
import { JsonNumber, needsDigits } from "./json-number.ts";

/** The smallest and the largest value of Hive's integer types but bigint. */
const ranges = {
  tinyint: [-128, 127],
  smallint: [-32_768, 32_767],
  int: [-2_147_483_648, 2_147_483_647],
} as const;

/** A tinyint, smallint or int: a JSON number without a fraction, or its digits as a string. */
export function toInteger(kind: keyof typeof ranges): (value: unknown) => number {
  const [smallest, largest] = ranges[kind];
  return (json) => {
    const value = typeof json === "number" ? json : integerText(json);
    if (Number.isInteger(value) && value >= smallest && value <= largest) return value;
    throw inputString(textOf(json));
  };
}

function integerText(json: unknown): number {
  if (json instanceof JsonNumber) return json.value;
  return typeof json === "string" && /^\s*[+-]?\d+\s*$/.test(json) ? Number(json) : NaN;
}

/** A bigint, exact to its last digit. */
export function toBigint(json: unknown): bigint {
  if (typeof json === "number") {
    if (Number.isSafeInteger(json)) return BigInt(json);
    throw needsDigits;
  }
  const text = json instanceof JsonNumber ? json.source : typeof json === "string" ? json.trim() : "";
  const exact = /^[+-]?\d{1,40}$/.test(text)
    ? BigInt(text.replace("+", ""))
    : json instanceof JsonNumber && Number.isInteger(json.value)
      ? BigInt(json.value)
      : undefined;
  if (exact === undefined || BigInt.asIntN(64, exact) !== exact) throw inputString(textOf(json));
  return exact;
}

/** A double, or a float: then a value beyond its range is none. */
export function toFloatingPoint(kind: "float" | "double"): (value: unknown) => number {
  return (json) => {
    let value = typeof json === "number" ? json : NaN;
    if (json instanceof JsonNumber) value = json.value;
    // What Java's Double.parseDouble reads, but for NaN and Infinity.
    if (typeof json === "string" && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?[df]?\s*$/i.test(json)) {
      value = Number(json.trim().replace(/[df]$/i, ""));
    }
    if (Number.isFinite(kind === "float" ? Math.fround(value) : value)) return value;
    throw inputString(textOf(json));
  };
}

/** A decimal, rounded half up to its scale. */
export function toDecimal(precision: number, scale: number): (value: unknown) => DuckDBDecimalValue {
  return (json) => {
    if (typeof json === "number") throw needsDigits;
    const text = json instanceof JsonNumber ? json.source : typeof json === "string" ? json.trim() : "";
    const parts = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,4}))?$/i.exec(text);
    if (parts === null || (parts[2] === "" && parts[3] === "")) throw inputString(textOf(json));
    const [, sign, whole = "", fraction = "", exponent = "0"] = parts;
    const digits = `${whole}${fraction}`.replace(/^0+/, "");
    // The value is digits * 10^-(places).
    const places = fraction.length - Number(exponent);
    if (digits.length - places > precision - scale && digits !== "") throw outOfRange(text, precision, scale);
    let unscaled = 0n;
    if (places <= scale)
      unscaled = BigInt(digits || "0") * 10n ** BigInt(Math.min(scale - places, precision));
    else if (digits.length + scale >= places) {
      const dropped = places - scale;
      unscaled = (BigInt(digits || "0") + 5n * 10n ** BigInt(dropped - 1)) / 10n ** BigInt(dropped);
    }
    if (unscaled >= 10n ** BigInt(precision)) throw outOfRange(text, precision, scale);
    return new DuckDBDecimalValue(sign === "-" ? -unscaled : unscaled, precision, scale);
  };
}

function outOfRange(text: string, precision: number, scale: number) {
  return doesNotMatch(`Value ${text} is out of range of decimal(${precision},${scale}).`);
}

/** A JSON value as an error message shows it. */
export function textOf(json: unknown): string {
  if (json instanceof JsonNumber) return json.source;
  return typeof json === "string" ? json : JSON.stringify(json);
}
