import assert from "node:assert/strict";
import { dateFormat } from "../../../athena/projection/date-format.ts";
import { dateRange } from "../../../athena/projection/date-range.ts";

describe("a projection's range of dates", () => {
  const now = new Date("2026-11-20T10:30:00Z");
  const contains = (range: string, format: string, value: string, interval?: string, unit?: string) =>
    dateRange(range, dateFormat(format), interval, unit)(value, now);

  it("includes both ends", () => {
    assert.ok(contains("2026-01-01,2026-01-31", "yyyy-MM-dd", "2026-01-01"));
    assert.ok(contains("2026-01-01,2026-01-31", "yyyy-MM-dd", "2026-01-31"));
    assert.ok(!contains("2026-01-01,2026-01-31", "yyyy-MM-dd", "2026-02-01"));
  });

  it("ends on the day of NOW in UTC, or so much later or earlier", () => {
    assert.ok(contains("2026-01-01,NOW", "yyyy-MM-dd", "2026-11-20"));
    assert.ok(!contains("2026-01-01,NOW", "yyyy-MM-dd", "2026-11-21"));
    assert.ok(contains("2026-01-01,NOW+1DAYS", "yyyy-MM-dd", "2026-11-21"));
    assert.ok(contains("NOW - 1 MONTH, NOW", "yyyy-MM-dd", "2026-10-20"));
    assert.ok(!contains("NOW-1MONTHS,NOW", "yyyy-MM-dd", "2026-10-19"));
    assert.ok(contains("NOW-3YEARS,NOW", "yyyy", "2023", "1", "YEARS"));
  });

  it("holds only what the format writes", () => {
    for (const value of ["2026/01/02", "2026-1-2", "2026-02-30", "x", ""]) {
      assert.ok(!contains("2026-01-01,NOW", "yyyy-MM-dd", value), value);
    }
    assert.ok(contains("2026/1/1,NOW", "yyyy/M/d", "2026/1/2"));
    assert.ok(contains("20260101,NOW", "yyyyMMdd", "20260102"));
  });

  it("goes by steps", () => {
    assert.ok(contains("2026-01-01-00,NOW", "yyyy-MM-dd-HH", "2026-11-20-10", "1", "HOURS"));
    assert.ok(!contains("2026-01-01-00,NOW", "yyyy-MM-dd-HH", "2026-11-20-11", "1", "HOURS"));
    assert.ok(contains("2026-01-01,NOW", "yyyy-MM-dd", "2026-01-08", "1", "WEEKS"));
    assert.ok(!contains("2026-01-01,NOW", "yyyy-MM-dd", "2026-01-09", "1", "WEEKS"));
    assert.ok(contains("2026-01,NOW", "yyyy-MM", "2026-03", "2"));
    assert.ok(!contains("2026-01,NOW", "yyyy-MM", "2026-02", "2"));
  });

  it("is refused with the reason when it can't be", () => {
    assert.throws(() => contains("2026-01-01", "yyyy-MM-dd", ""), /write a start and an end/);
    assert.throws(() => contains("soon,NOW", "yyyy-MM-dd", ""), /neither NOW nor a date/);
    assert.throws(
      () => contains("2026-01-01-00,NOW", "yyyy-MM-dd-HH", ""),
      /needs interval and interval.unit/,
    );
    assert.throws(() => contains("2026-01-01,NOW", "yyyy-MM-dd", "", "1", "MOONS"), /unit "MOONS"/);
    assert.throws(
      () => dateFormat("yyyy-ww"),
      /the letter "w" in the date pattern "yyyy-ww" is not supported/,
    );
  });
});
