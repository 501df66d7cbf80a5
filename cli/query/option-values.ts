import { InvalidArgumentError } from "commander";

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** `90`, `90s`, `5m`, `1h` as seconds. @throws {InvalidArgumentError} */
export function durationSeconds(text: string): number {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? [];
  const value = Number(number) * (seconds[unit] ?? NaN);
  if (value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError("write a time such as 90s, 5m or 1h, a day at most.");
}

/** `60m`, `2h`, `7d` as minutes, within Athena's 1-10080. @throws {InvalidArgumentError} */
export function reuseMinutes(text: string): number {
  const [, number, unit = "m"] = /^(\d+)([mhd])?$/.exec(text) ?? [];
  const value = Number(number) * ({ m: 1, h: 60, d: 1440 }[unit] ?? NaN);
  if (value >= 1 && value <= 10_080) return value;
  throw new InvalidArgumentError("write an age such as 60m, 2h or 7d: a minute at least, 7 days at most.");
}

/** US dollars, such as `0.10`. @throws {InvalidArgumentError} */
export function dollars(text: string): number {
  const value = Number(text.replace(/^\$/, ""));
  if (/^\$?\d+(\.\d+)?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError("write US dollars such as 0.10.");
}

/** A whole number, 1 or more. @throws {InvalidArgumentError} */
export function count(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("write a whole number, 1 or more.");
}
