import { defineDataset, type EventOf } from "sluice/dataset";

/** The only place where a column is named: table, partitions, validation and types follow from it. */
export const orders = defineDataset({
  name: "orders",
  description: "One order of the shop.",
  columns: {
    order_id: { type: "string", required: true, description: "Identifies the order." },
    placed_at: { type: "timestamp", required: true, description: "When it was placed, UTC." },
    channel: { type: "string", values: ["web", "app", "store"], description: "Where it was placed." },
    customer: {
      type: "struct<id:string,country:string>",
      description: "Who ordered, and the two-letter country.",
    },
    items: {
      type: "array<struct<product:string,quantity:int,price:double>>",
      description: "What was ordered; the price of one piece in euro.",
    },
  },
  eventTime: "placed_at",
  eventId: "order_id",
  timeZone: "Europe/Berlin",
  since: "2026-11-01",
});

/** An order as a producer sends it. */
export type Order = EventOf<typeof orders>;
