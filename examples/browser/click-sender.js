/* global clearTimeout, crypto, fetch, setTimeout -- a browser's */

/**
 * Gathers clickstream events and posts them together: a post costs the same with one event and with 500. Events that
 * did not arrive are posted again; those that the pipeline refuses are told to `onRefused` and dropped.
 * @param {{ endpoint: string, apiKey?: string, visitorId: string, lingerMilliseconds?: number,
 *   onSent?: (events: number) => void, onRefused?: (reason: string) => void }} options
 */
export function clickSender(options) {
  const { endpoint, apiKey, visitorId, lingerMilliseconds = 1000, onSent, onRefused } = options;
  const waiting = [];
  let timer;

  /** Posts events. Returns those to be posted again. */
  const post = async (events) => {
    let response;
    try {
      response = await fetch(endpoint, {
        method: "POST",
        headers: { "content-type": "application/json", ...(apiKey && { "x-api-key": apiKey }) },
        body: JSON.stringify(events),
      });
    } catch {
      return events; // no connection
    }
    if (response.status === 429 || response.status >= 500) return events;
    if (!response.ok) {
      onRefused?.(`${response.status}: ${await response.text()}`);
      return [];
    }
    const { failed } = await response.json();
    onSent?.(events.length - failed.length);
    return failed.map(({ index }) => events[index]);
  };

  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const again = waiting.length > 0 ? await post(waiting.splice(0, 500)) : [];
    waiting.unshift(...again);
    if (waiting.length > 0) timer ??= setTimeout(flush, lingerMilliseconds * (1 + Math.random()));
  };

  return {
    send(event_type, more = {}) {
      const event_time = new Date().toISOString();
      waiting.push({ event_id: crypto.randomUUID(), event_time, event_type, visitor_id: visitorId, ...more });
      timer ??= setTimeout(flush, lingerMilliseconds);
    },
  };
}
