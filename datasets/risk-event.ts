import { defineDataset } from "../schema/dataset.ts";

/** Operational risk events, as a bank's business lines report them. */
export const riskEvent = defineDataset({
  name: "risk-event",
  description: "One operational risk event, with what it may cost and what was recovered.",
  columns: {
    Region: { type: "string", description: "Region of the business: EMEA, AMER, APAC, ..." },
    Business: { type: "string", description: "The line of business that bears the loss." },
    Name: { type: "string", description: "What the event is called.", required: true },
    Status: { type: "string", description: "Where the case stands: Open, Under review, Closed." },
    RiskCategory: { type: "string", description: "The kind of risk." },
    RiskSubCategory: { type: "string", description: "The kind of risk, more precisely." },
    DiscoveryDate: { type: "date", description: "The day on which it was found.", required: true },
    OccurrenceStartDate: { type: "date", description: "The day on which it began." },
    NetLoss: { type: "double", description: "Loss after recoveries, in euro." },
    RecoveryAmount: { type: "double", description: "What came back, in euro." },
    EstimatedGrossLoss: { type: "double", description: "Estimated loss before recoveries, in euro." },
    EventId: { type: "string", description: "Identifies the event, so that a query can count it once." },
  },
  eventTime: "DiscoveryDate",
  eventId: "EventId",
  timeZone: "UTC",
  partitioning: "month",
  since: "2026-01-01",
});
