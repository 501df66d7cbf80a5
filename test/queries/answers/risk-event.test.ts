import assert from "node:assert/strict";
import { riskEvent } from "../../../datasets/risk-event.ts";
import type { AthenaValue } from "../../../athena/client/values.ts";
import { openLake, type ArrivedEvent, type Lake } from "./lake.ts";

const fraud = {
  EventId: "r1",
  Region: "EMEA",
  Business: "Retail",
  Name: "Card fraud",
  Status: "Open",
  RiskCategory: "Fraud",
  DiscoveryDate: "2026-10-01",
  OccurrenceStartDate: "2026-09-01",
  NetLoss: 100.5,
  RecoveryAmount: 50,
  EstimatedGrossLoss: 150.5,
};
const outage = {
  Region: "AMER",
  Business: "Markets",
  Name: "Outage",
  RiskCategory: "Systems",
  DiscoveryDate: "2025-11-01",
  OccurrenceStartDate: "2025-10-30",
  RecoveryAmount: 10,
  EstimatedGrossLoss: 40,
};

/** r1 is reported twice: open in October, closed with a smaller loss in November. Two events have no id. */
const events: ArrivedEvent[] = [
  { ...fraud, arrived: "2026-10-05T10:00:00Z" },
  { ...fraud, Status: "Closed", NetLoss: 80.5, RecoveryAmount: 70 },
  {
    ...fraud,
    EventId: "r2",
    Name: "Phishing",
    DiscoveryDate: "2026-11-10",
    OccurrenceStartDate: "2026-11-10",
    NetLoss: 1000,
    RecoveryAmount: null,
    EstimatedGrossLoss: 1000,
  },
  {
    EventId: "r3",
    Region: "APAC",
    Business: "Markets",
    Name: "Fat finger",
    Status: "Under review",
    RiskCategory: "Execution",
    DiscoveryDate: "2026-08-01",
    NetLoss: -20,
    RecoveryAmount: 0,
    EstimatedGrossLoss: 0,
  },
  outage,
  {
    ...outage,
    Name: "Outage 2",
    Status: "Closed",
    DiscoveryDate: "2026-11-15",
    OccurrenceStartDate: "2026-11-10",
    NetLoss: 7.25,
    RecoveryAmount: 0,
    EstimatedGrossLoss: 10,
  },
];

describe("the questions to risk-event", () => {
  let lake: Lake;
  before(async () => {
    lake = await openLake(riskEvent, events);
  });
  after(() => lake[Symbol.asyncDispose]());

  const answers: [name: string, columns: string, rows: AthenaValue[][]][] = [
    [
      "net_loss_by_business",
      "business, category, events, net_loss, largest_loss",
      [
        ["Retail", "Fraud", 2, 1080.5, 1000],
        ["Markets", "Systems", 2, 7.25, 7.25],
        ["Markets", "Execution", 1, -20, -20],
      ],
    ],
    [
      "open_cases_by_age",
      "age, cases, oldest_days, net_loss",
      [
        ["0-30 days", 1, 10, 1000],
        ["91-180 days", 1, 111, -20],
        ["over 365 days", 1, 384, 0],
      ],
    ],
    [
      "recovery_rate_by_region",
      "region, events, gross_loss, recovered, recovery_rate",
      [
        ["AMER", 2, 50, 10, 0.2],
        ["EMEA", 2, 1150.5, 70, 0.0608],
        ["APAC", 1, 0, 0, null],
      ],
    ],
    [
      "top_losses",
      "name, business, region, category, status, discovered, net_loss",
      [
        ["Phishing", "Retail", "EMEA", "Fraud", "Open", "2026-11-10", 1000],
        ["Card fraud", "Retail", "EMEA", "Fraud", "Closed", "2026-10-01", 80.5],
        ["Outage 2", "Markets", "AMER", "Systems", "Closed", "2026-11-15", 7.25],
        ["Fat finger", "Markets", "APAC", "Execution", "Under review", "2026-08-01", -20],
      ],
    ],
    [
      "discovery_lag",
      "category, events, mean_days, median_days, longest_days",
      [
        ["Systems", 2, 3.5, 2, 5],
        ["Fraud", 2, 15, 0, 30],
      ],
    ],
    [
      "losses_per_month",
      "month, events, net_loss",
      [
        ["2025-11-01", 1, 0],
        ["2026-08-01", 1, -20],
        ["2026-10-01", 1, 80.5],
        ["2026-11-01", 2, 1007.25],
      ],
    ],
    ["duplicates", "event_id, copies, first_partition, last_partition", [["r1", 2, "2026-10", "2026-11"]]],
  ];
  for (const [name, columns, rows] of answers) {
    it(`${name} is answered`, async () => {
      const answer = await lake.run(name);
      assert.equal(answer.columns.join(", "), columns);
      assert.deepEqual(answer.rows, rows);
    });
  }

  it("take the age of open cases on the day that is asked for", async () => {
    const { rows } = await lake.run("open_cases_by_age", { as_of: "2026-11-10" });
    assert.deepEqual(rows, [
      ["0-30 days", 1, 0, 1000],
      ["91-180 days", 1, 101, -20],
      ["over 365 days", 1, 374, 0],
    ]);
  });
});
