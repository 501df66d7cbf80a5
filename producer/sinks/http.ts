import type { PackedRecord } from "../pack.ts";
import { isRetryable } from "./aws-failure.ts";
import { SinkError, type RecordFailure, type RecordOutcome, type Sink } from "./sink.ts";

export interface HttpSinkOptions {
  /** Where events are posted: an array of at most 500 a post. */
  readonly url: string;
  /** Sent as `x-api-key`. Default: - none. */
  readonly apiKey?: string | undefined;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long a post may take, in milliseconds. Default: 30,000; API Gateway itself gives up after 29 s. */
  readonly requestTimeoutMilliseconds?: number | undefined;
}

/** What an endpoint answers when some events of a post failed: which, by their place in the array. */
interface PartialAnswer {
  readonly failed?: readonly { readonly index: number; readonly code?: string; readonly message?: string }[];
}

/**
 * Posts events to an HTTP endpoint, the events of a record as one JSON array. An answer 2xx with
 * `{"failed": [{"index", "code", "message"}]}` has just those events sent again.
 * @throws {Error} when the URL is none.
 */
export function httpSink(options: HttpSinkOptions): Sink {
  const url = new URL(options.url);
  const name = `${url.origin}${url.pathname}`;
  const closing = new AbortController();
  const headers = {
    "content-type": "application/json",
    ...(options.apiKey === undefined ? {} : { "x-api-key": options.apiKey }),
    ...options.headers,
  };

  const post = async (record: PackedRecord): Promise<RecordOutcome> => {
    const lines = record.data.toString().split("\n").slice(0, -1);
    const timeout = AbortSignal.timeout(options.requestTimeoutMilliseconds ?? 30_000);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method: "POST",
        headers,
        body: `[${lines.join(",")}]`,
        // A redirected post arrives as a GET without its events (Fetch standard, "HTTP-redirect fetch").
        redirect: "manual",
        signal: AbortSignal.any([timeout, closing.signal]),
      });
      text = await response.text();
    } catch (error) {
      throw connectionError(error, name);
    }
    if (response.ok) return partialFailure(lines, text, name);
    const failure = statusFailure(response, text, name);
    if (response.status < 400 || [401, 403, 404, 405].includes(response.status)) throw new SinkError(failure);
    return failure;
  };

  return {
    name,
    // One post for each record. API Gateway takes 10 MB; its mapping puts the post into one record of 1,000 KiB.
    limits: {
      recordsPerCall: 1,
      bytesPerCall: 900_000,
      bytesPerRecord: 900_000,
      eventsPerRecord: 500,
      overheadBytes: 0,
    },
    put: (records) => Promise.all(records.map(post)),
    close: () => closing.abort(),
  };
}

function partialFailure(lines: readonly string[], text: string, name: string): RecordOutcome {
  let failed: PartialAnswer["failed"];
  try {
    failed = (JSON.parse(text) as PartialAnswer | null)?.failed;
  } catch {
    return undefined;
  }
  if (!Array.isArray(failed) || failed.length === 0) return undefined;
  const list = failed as NonNullable<PartialAnswer["failed"]>;
  const again = [...new Set(list.map(({ index }) => index))].map((index) => lines[index]);
  if (again.some((line) => line === undefined)) {
    // Nobody knows which were taken.
    const message = `${name} says that an event failed which the post does not have.`;
    return { code: "IncompleteAnswer", message, retryable: true };
  }
  const [first] = list;
  const reason = [first?.code, first?.message].filter((text) => text !== undefined).join(" ");
  return {
    code: first?.code ?? "PartialFailure",
    message: `${name}: ${again.length} of ${lines.length} events failed${reason === "" ? "" : `: ${reason}`}`,
    // Those for good are given up when only they are left.
    retryable: list.some(({ code }) => code === undefined || isRetryable(code)),
    rest: { data: Buffer.from(again.map((line) => `${line}\n`).join("")), events: again.length },
  };
}

function statusFailure({ status, headers }: Response, text: string, name: string): RecordFailure {
  const location = headers.get("location");
  const said = text.trim().slice(0, 200).replaceAll(/\s+/g, " ");
  const next: Record<number, string> = {
    401: " Check the API key or the credentials.",
    403: " Check the API key (--api-key), or the usage plan's quota.",
    404: " Check the URL.",
    413: " Send smaller records.",
  };
  return {
    code: `HTTP ${status}`,
    message: `${name} answered ${status}${said === "" ? "" : `: ${said}`}.${location === null ? (next[status] ?? "") : ` Post to ${location} instead.`}`,
    retryable: status === 408 || status === 429 || status >= 500,
  };
}

function connectionError(error: unknown, name: string): SinkError {
  const { name: kind, message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  const code = cause?.code ?? (kind === "TimeoutError" ? "ETIMEDOUT" : kind);
  const text = kind === "TimeoutError" ? "no answer in time" : (cause?.message ?? message);
  return new SinkError(
    // A TypeError without a cause's code is about the URL: a port that fetch never posts to.
    {
      code,
      message: `${name}: ${text}`,
      retryable: !["ENOTFOUND", "AbortError", "TypeError"].includes(code),
    },
    { cause: error },
  );
}
