import assert from "node:assert/strict";
import { clickstream } from "../../../datasets/clickstream.ts";
import type { AthenaValue } from "../../../athena/client/values.ts";
import { openLake, type ArrivedEvent, type Lake } from "./lake.ts";

const event = (
  event_id: string,
  event_time: string,
  event_type: string,
  [visitor_id, session_id]: [string, string | null],
  more: Record<string, unknown> = {},
): ArrivedEvent => ({ event_id, event_time, event_type, visitor_id, session_id, ...more });

const buyer: [string, string] = ["v1", "s1"];
const bouncer: [string, string] = ["v2", "s2"];
const returning: [string, string] = ["v1", "s3"];
const purchase = event("c4", "2026-11-18T23:40:00Z", "purchase", buyer, {
  page: "/cart",
  device: "mobile",
  revenue: 19.99,
});
const view = event("c5", "2026-11-19T09:00:00Z", "page_view", bouncer, {
  page: "/home",
  load_milliseconds: 200,
});

/** Two days in Berlin, where midnight is 23:00 UTC; c4 and c5 were delivered twice. */
const events: ArrivedEvent[] = [
  event("c1", "2026-11-18T23:30:00Z", "page_view", buyer, { page: "/home", load_milliseconds: 100 }),
  event("c2", "2026-11-18T23:31:00Z", "page_view", buyer, { page: "/p/1", load_milliseconds: 300 }),
  event("c3", "2026-11-18T23:32:00Z", "add_to_cart", buyer, { page: "/p/1" }),
  purchase,
  purchase,
  view,
  view,
  event("c6", "2026-11-19T22:59:59Z", "page_view", returning, { page: "/p/1", load_milliseconds: 500 }),
  event("c7", "2026-11-19T23:00:00Z", "search", returning, { search_term: " Shoes " }),
  event("c8", "2026-11-19T23:01:00Z", "search", returning, { search_term: "shoes" }),
  event("c9", "2026-11-19T23:02:00Z", "purchase", returning, { device: "desktop", revenue: 5.5 }),
  event("c10", "2026-11-20T08:00:00Z", "add_to_cart", ["v3", "s4"]),
  event("c11", "2026-11-20T08:01:00Z", "search", ["v3", "s4"], { search_term: "  " }),
  event("c12", "2026-11-20T08:30:00Z", "click", ["v4", null]),
];

describe("the questions to clickstream", () => {
  let lake: Lake;
  before(async () => {
    lake = await openLake(clickstream, events);
  });
  after(() => lake[Symbol.asyncDispose]());

  const answers: [name: string, columns: string, rows: AthenaValue[][]][] = [
    [
      "sessions_per_day",
      "day, visitors, sessions, page_views, page_views_per_session",
      [
        ["2026-11-19", 2, 3, 5, 1.67],
        ["2026-11-20", 3, 2, 0, 0],
      ],
    ],
    [
      "top_pages",
      "page, views, visitors",
      [
        ["/home", 3, 2],
        ["/p/1", 2, 1],
      ],
    ],
    [
      "conversion_funnel",
      "step_number, step, sessions, share_of_first, share_of_previous",
      [
        [1, "page_view", 3, 1, null],
        [2, "add_to_cart", 1, 0.3333, 0.3333],
        [3, "purchase", 1, 0.3333, 1],
      ],
    ],
    [
      "revenue_per_day",
      "day, device, purchases, revenue, mean_purchase",
      [
        ["2026-11-19", "mobile", 1, 19.99, 19.99],
        ["2026-11-20", "desktop", 1, 5.5, 5.5],
      ],
    ],
    [
      "bounce_rate",
      "landing_page, sessions, bounces, bounce_rate",
      [
        ["/home", 2, 1, 0.5],
        ["/p/1", 1, 1, 1],
      ],
    ],
    ["searches", "term, searches, sessions", [["shoes", 2, 1]]],
    [
      "page_load_times",
      "page, views, p50_milliseconds, p95_milliseconds, p99_milliseconds",
      [
        ["/p/1", 2, 300, 500, 500],
        ["/home", 3, 200, 200, 200],
      ],
    ],
    [
      "traffic_by_hour",
      "hour, page_views, visitors, purchases",
      [
        [0, 2, 1, 3],
        [9, 0, 2, 0],
        [10, 2, 1, 0],
        [23, 1, 1, 0],
      ],
    ],
    [
      "duplicates",
      "event_id, copies, first_partition, last_partition",
      [
        ["c4", 2, "2026-11-20-11", "2026-11-20-11"],
        ["c5", 2, "2026-11-20-11", "2026-11-20-11"],
      ],
    ],
  ];
  for (const [name, columns, rows] of answers) {
    it(`${name} is answered`, async () => {
      const answer = await lake.run(name);
      assert.equal(answer.columns.join(", "), columns);
      assert.deepEqual(answer.rows, rows);
    });
  }

  it("leave out pages that were seen too seldom to tell", async () => {
    const { rows } = await lake.run("page_load_times", { at_least: 3 });
    assert.deepEqual(rows, [["/home", 3, 200, 200, 200]]);
  });
});
