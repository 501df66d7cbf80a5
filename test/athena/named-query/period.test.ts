import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays, dayOf, parsePeriod } from "../../../athena/named-query/period.ts";

const now = new Date("2026-11-20T16:30:00Z");

function iso(text: string, timeZone = "UTC"): string[] {
  const { from, to } = parsePeriod(text, now, timeZone);
  return [from.toISOString(), to.toISOString()];
}

describe("a period", () => {
  it("of the last days has whole days, today included", () => {
    assert.deepEqual(iso("last 7 days"), ["2026-11-14T00:00:00.000Z", now.toISOString()]);
    assert.deepEqual(iso("Last  day"), ["2026-11-20T00:00:00.000Z", now.toISOString()]);
    assert.deepEqual(iso("today"), ["2026-11-20T00:00:00.000Z", now.toISOString()]);
    assert.deepEqual(iso("last 2 weeks"), ["2026-11-07T00:00:00.000Z", now.toISOString()]);
  });

  it("of the last months starts on the same day, or on the last of a shorter month", () => {
    assert.equal(iso("last 2 months")[0], "2026-09-20T00:00:00.000Z");
    const { from } = parsePeriod("last 1 month", new Date("2026-03-31T12:00:00Z"), "UTC");
    assert.equal(from.toISOString(), "2026-02-28T00:00:00.000Z");
  });

  it("of the last hours counts back from now", () => {
    assert.deepEqual(iso("last 24 hours"), ["2026-11-19T16:30:00.000Z", now.toISOString()]);
  });

  it("has the days of the data set's zone", () => {
    assert.deepEqual(iso("yesterday", "Europe/Berlin"), [
      "2026-11-18T23:00:00.000Z",
      "2026-11-19T22:59:59.999Z",
    ]);
  });

  it("may be a day, a month, or from one to another", () => {
    assert.deepEqual(iso("2026-02"), ["2026-02-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z"]);
    assert.deepEqual(iso("2026-11-01..2026-11-03"), ["2026-11-01T00:00:00.000Z", "2026-11-03T23:59:59.999Z"]);
    assert.deepEqual(iso("2026-01..2026-02-03"), ["2026-01-01T00:00:00.000Z", "2026-02-03T23:59:59.999Z"]);
  });

  it("is refused when it ends before it begins, or is none", () => {
    assert.throws(() => iso("2026-11-03..2026-11-01"), /ends before it begins/);
    assert.throws(() => iso("last 0 days"), /one day or more/);
    for (const text of [
      "",
      "next week",
      "2026-13",
      "2026-02-30",
      "2026-01..2026-02..2026-03",
      "last -1 days",
    ]) {
      assert.throws(() => iso(text), /write "last 7 days"/, text);
    }
  });

  it("of one day is that day and nothing else, in nights of a clock change too", () => {
    const zones = fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/Santiago",
      "America/Havana",
      "Asia/Beirut",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "Pacific/Kiritimati",
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 1500 }), (zone, offset) => {
        const day = addDays("2023-01-01", offset);
        const { from, to } = parsePeriod(day, now, zone);
        assert.deepEqual([dayOf(from, zone), dayOf(to, zone)], [day, day]);
        assert.equal(dayOf(new Date(from.getTime() - 1), zone), addDays(day, -1));
        assert.equal(dayOf(new Date(to.getTime() + 1), zone), addDays(day, 1));
      }),
    );
  });
});
