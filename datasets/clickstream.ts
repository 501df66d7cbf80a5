import { defineDataset } from "../schema/dataset.ts";

/** What visitors of a web shop do, page by page. */
export const clickstream = defineDataset({
  name: "clickstream",
  description: "One thing that a visitor of a web shop does: a page view, a click, a search, a purchase.",
  columns: {
    event_id: {
      type: "string",
      description: "Identifies the event, so that a query can count it once.",
      required: true,
    },
    event_time: { type: "timestamp", description: "When it happened, UTC.", required: true },
    event_type: {
      type: "string",
      description: "page_view, click, search, add_to_cart or purchase.",
      required: true,
    },
    visitor_id: { type: "string", description: "The browser, by a first-party cookie.", required: true },
    session_id: { type: "string", description: "Visits of one browser without a pause of 30 minutes." },
    page: { type: "string", description: "Path of the page." },
    referrer: { type: "string", description: "Host of the page that linked here; NULL for direct visits." },
    device: { type: "string", description: "desktop, mobile or tablet." },
    country: { type: "string", description: "Country of the visitor, ISO 3166 two-letter code." },
    search_term: { type: "string", description: "What was searched for; NULL unless event_type is search." },
    product_id: { type: "string", description: "The product seen, added or bought." },
    quantity: { type: "int", description: "How many were added or bought." },
    revenue: { type: "double", description: "What the purchase is worth in euro; NULL unless purchase." },
    load_milliseconds: { type: "int", description: "How long the page took to load, in milliseconds." },
  },
  eventTime: "event_time",
  eventId: "event_id",
  sessionId: "session_id",
  timeZone: "Europe/Berlin",
  partitioning: "hour",
  since: "2026-01-01",
});
