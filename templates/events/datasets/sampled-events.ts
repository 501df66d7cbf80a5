import { defineDataset } from "sluice/dataset";

// In a project that is written, the declaration that a file of events shows stands here: `sluice init --from`.
export const sampledEvents = defineDataset({
  name: "sampled-events",
  description: "An event.",
  columns: {
    sampled_id: { type: "string", description: "Identifies the event." },
    sampled_time: { type: "timestamp", description: "When it happened." },
  },
  eventTime: "sampled_time",
  eventId: "sampled_id",
  since: "2026-11-01",
});
