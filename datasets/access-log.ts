import { defineDataset } from "../schema/dataset.ts";

/** Requests to a web server, as its access log in combined format tells them. */
export const accessLog = defineDataset({
  name: "access-log",
  description: "One request to a web server, as its access log in combined format tells it.",
  columns: {
    time: { type: "timestamp", description: "When the request came in, UTC.", required: true },
    remote_addr: { type: "string", description: "IP address of the client." },
    method: { type: "string", description: "HTTP method: GET, HEAD, POST, ..." },
    path: { type: "string", description: "Path and query of the request, as sent." },
    protocol: { type: "string", description: "HTTP version of the request: HTTP/1.0, HTTP/1.1, ..." },
    status: { type: "int", description: "HTTP status of the response." },
    bytes: { type: "bigint", description: "Size of the response body in bytes, 0 when nothing was sent." },
    referer: { type: "string", description: "The page that linked here, as the client says." },
    user_agent: { type: "string", description: "The client software, as it calls itself." },
    event_id: { type: "string", description: "Identifies the event, so that a query can count it once." },
  },
  eventTime: "time",
  eventId: "event_id",
  timeZone: "UTC",
  partitioning: "day",
  since: "2026-01-01",
});
