import type { SendSummary } from "../../producer/send-events.ts";

const nothing: SendSummary = {
  events: 0,
  records: 0,
  bytes: 0,
  retries: 0,
  rejected: 0,
  passedOn: 0,
  undelivered: 0,
};

/** The sum of summaries. */
export function addedUp(...summaries: readonly (SendSummary | undefined)[]): SendSummary {
  return summaries.reduce<SendSummary>(
    (sum, next = nothing) => ({
      events: sum.events + next.events,
      records: sum.records + next.records,
      bytes: sum.bytes + next.bytes,
      retries: sum.retries + next.retries,
      rejected: sum.rejected + next.rejected,
      passedOn: sum.passedOn + next.passedOn,
      undelivered: sum.undelivered + next.undelivered,
    }),
    nothing,
  );
}
