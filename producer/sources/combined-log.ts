import type { accessLog } from "../../datasets/access-log.ts";
import type { EventOf } from "../../schema/event-type.ts";

/**
 * A line of an access log in combined format: `%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i"` (the Apache
 * HTTP Server's documentation of mod_log_config; nginx calls it the same). Quoted fields escape quotes by `\`.
 */
const combined =
  /^(\S+) \S+ (?:\S+|".*?") \[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-) "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"\s*$/;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Reads a line in combined format as an event of the access-log dataset: the time in UTC, null where the log has "-",
 * except for the size, where "-" means that no bytes were sent. Escapes stay as the log has them.
 * @returns nothing when the line is none, or is cut off.
 */
export function parseCombined(line: string): EventOf<typeof accessLog> | undefined {
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
