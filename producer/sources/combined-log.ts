import type { Dataset } from "../../schema/dataset.ts";

/**
 * A line of an access log in combined format: `%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i"` (the Apache
 * HTTP Server's documentation of mod_log_config; nginx calls it the same). Quoted fields escape quotes by `\`.
 */
const combined =
  /^(\S+) \S+ (?:\S+|".*?") \[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-) "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"\s*$/;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** What a line says, under the names that a dataset's columns must have. */
export interface CombinedEvent {
  readonly time: string;
  readonly remote_addr: string | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly protocol: string | null;
  readonly status: number;
  readonly bytes: number;
  readonly referer: string | null;
  readonly user_agent: string | null;
}

const columns: readonly (keyof CombinedEvent)[] = [
  "time",
  "remote_addr",
  "method",
  "path",
  "protocol",
  "status",
  "bytes",
  "referer",
  "user_agent",
];

/** Whether a dataset has a column for all that a line in combined format says. */
export function takesCombined(dataset: Pick<Dataset, "columns">): boolean {
  const names = new Set(dataset.columns.map(({ name }) => name));
  return columns.every((name) => names.has(name));
}

/**
 * Reads a line in combined format as an event: the time in UTC, null where the log has "-",
 * except for the size, where "-" means that no bytes were sent. Escapes stay as the log has them.
 * @returns nothing when the line is none, or is cut off.
 */
export function parseCombined(line: string): CombinedEvent | undefined {
  const fields = combined.exec(line);
  if (!fields) return undefined;
  const [, address, day, monthName, year, hour, minute, second, sign, offsetHours, offsetMinutes] = fields;
  const [request = "", status, size = "", referer = "", userAgent = ""] = fields.slice(11);

  const month = months.indexOf(monthName ?? "");
  if (month === -1) return undefined;
  const local = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000 * (sign === "-" ? -1 : 1);

  // A request that is none (a TLS handshake on port 80) stays whole, as the path.
  const parts = /^([!#$%&'*+.^_`|~\w-]+) (\S+)(?: (HTTP\/[\d.]+))?$/.exec(request);
  return {
    time: new Date(local - offset).toISOString().replace(".000Z", "Z"),
    remote_addr: address ?? null,
    method: parts?.[1] ?? null,
    path: parts?.[2] ?? given(request),
    protocol: parts?.[3] ?? null,
    status: Number(status),
    bytes: size === "-" ? 0 : Number(size),
    referer: given(referer),
    user_agent: given(userAgent),
  };
}

function given(field: string): string | null {
  return field === "-" || field === "" ? null : field;
}
