import assert from "node:assert/strict";
import { accessLog } from "../../../datasets/access-log.ts";
import type { AthenaValue } from "../../../athena/client/values.ts";
import { openLake, type ArrivedEvent, type Lake } from "./lake.ts";

const browser = "Mozilla/5.0 (X11; Linux)";
const request = (event_id: string, time: string, more: Record<string, unknown>): ArrivedEvent => ({
  event_id,
  time,
  method: "GET",
  status: 200,
  user_agent: browser,
  ...more,
});
const unnamed = request("e7", "2015-05-18T12:00:00Z", {
  remote_addr: "4.4.4.4",
  path: "/b?y",
  status: 404,
  bytes: 20,
  user_agent: null,
});

/** Two days of 2015 that arrived in November 2026; e7 arrived twice, and the last one long before. */
const events: ArrivedEvent[] = [
  request("e1", "2015-05-17T10:05:03Z", {
    remote_addr: "1.1.1.1",
    path: "/a?x=1",
    bytes: 100,
    referer: "http://www.google.com/search?q=x",
  }),
  request("e2", "2015-05-17T10:06:00Z", {
    remote_addr: "1.1.1.1",
    path: "/a",
    bytes: 200,
    referer: "https://Example.org:8080/start",
  }),
  request("e3", "2015-05-17T23:59:59.999Z", { remote_addr: "2.2.2.2", path: "/style.css", bytes: 2_500_000 }),
  request("e4", "2015-05-18T00:00:00Z", { remote_addr: "2.2.2.2", path: "/b", status: 404, referer: "-" }),
  request("e5", "2015-05-18T10:00:00Z", {
    remote_addr: "3.3.3.3",
    path: "/robots.txt",
    bytes: 10,
    user_agent: "Googlebot/2.1",
  }),
  request("e6", "2015-05-18T11:00:00Z", {
    remote_addr: "1.1.1.1",
    path: "/a",
    method: "POST",
    status: 500,
    bytes: 0,
  }),
  unnamed,
  { ...unnamed, arrived: "2026-11-19T10:00:00Z" },
  request("e9", "2015-05-18T13:00:00Z", { remote_addr: "5.5.5.5", path: "/a", status: 304 }),
  request("e10", "2015-05-18T13:00:00Z", {
    remote_addr: "6.6.6.6",
    path: "/old",
    arrived: "2026-09-01T10:00:00Z",
  }),
];

describe("the questions to access-log", () => {
  let lake: Lake;
  before(async () => {
    lake = await openLake(accessLog, events);
  });
  after(() => lake[Symbol.asyncDispose]());

  const answers: [name: string, columns: string, rows: AthenaValue[][]][] = [
    [
      "requests_per_day",
      "day, status, requests",
      [
        ["2015-05-17", 200, 3],
        ["2015-05-18", 200, 1],
        ["2015-05-18", 304, 1],
        ["2015-05-18", 404, 3],
        ["2015-05-18", 500, 1],
      ],
    ],
    [
      "top_pages",
      "page, requests, addresses",
      [
        ["/a", 3, 2],
        ["/robots.txt", 1, 1],
      ],
    ],
    [
      "errors_by_path",
      "page, status, errors, addresses, last_seen",
      [
        ["/b", 404, 3, 2, "2015-05-18 12:00:00.000"],
        ["/a", 500, 1, 1, "2015-05-18 11:00:00.000"],
      ],
    ],
    [
      "traffic_by_hour",
      "hour, people, bots, bot_share",
      [
        [0, 1, 0, 0],
        [10, 2, 1, 0.3333],
        [11, 1, 0, 0],
        [12, 0, 2, 1],
        [13, 1, 0, 0],
        [23, 1, 0, 0],
      ],
    ],
    [
      "visitors",
      "day, visitors, returning_visitors, returning_share",
      [
        ["2015-05-17", 2, 0, 0],
        ["2015-05-18", 3, 2, 0.6667],
      ],
    ],
    [
      "bandwidth_per_day",
      "day, requests, bytes, megabytes, mean_bytes, largest_bytes",
      [
        ["2015-05-17", 3, 2_500_300, 2.5, 833433.3, 2_500_000],
        ["2015-05-18", 6, 50, 0, 8.3, 20],
      ],
    ],
    [
      "referrers",
      "host, requests, pages",
      [
        ["example.org", 1, 1],
        ["www.google.com", 1, 1],
      ],
    ],
    [
      "duplicates",
      "event_id, copies, first_partition, last_partition",
      [["e7", 2, "2026-11-19", "2026-11-20"]],
    ],
  ];
  for (const [name, columns, rows] of answers) {
    it(`${name} is answered`, async () => {
      const answer = await lake.run(name);
      assert.equal(answer.columns.join(", "), columns);
      assert.deepEqual(answer.rows, rows);
    });
  }

  it("are about the period of arrival that is asked for", async () => {
    const { rows } = await lake.run("top_pages", { period: "2026-09" });
    assert.deepEqual(rows, [["/old", 1, 1]]);
  });

  it("leave one's own host out of the referrers", async () => {
    const { rows } = await lake.run("referrers", { own_host: "Example.ORG" });
    assert.deepEqual(rows, [["www.google.com", 1, 1]]);
  });

  it("take what a user types as that very text", async () => {
    for (const own_host of ["' OR 1=1 --", "NULL", "now()", "1+1", "it's"]) {
      assert.equal((await lake.run("referrers", { own_host })).rows.length, 2, own_host);
    }
  });

  it("give the first rows when fewer are asked for", async () => {
    assert.deepEqual((await lake.run("top_pages", { limit: 1 })).rows, [["/a", 3, 2]]);
  });

  it("have no answer for a period without events", async () => {
    assert.deepEqual((await lake.run("visitors", { period: "2026-10" })).rows, []);
  });
});
