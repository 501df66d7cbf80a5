import assert from "node:assert/strict";
import {
  firehoseTimeZoneProblem,
  isEverEastOfUtc,
  offsetMinutes,
  wallClock,
} from "../../schema/time-zone.ts";

describe("a time zone", () => {
  for (const zone of ["UTC", "Europe/Berlin", "America/Port_of_Spain", "America/Argentina/Ushuaia"]) {
    it(`that Firehose takes: ${zone}`, () => assert.deepEqual(firehoseTimeZoneProblem(zone), []));
  }

  const letters = (zone: string) =>
    `timeZone "${zone}": Firehose takes IANA names of letters, "/" and "_" only, such as Europe/Berlin or UTC.`;
  for (const zone of ["Etc/GMT+9", "+02:00", "America/Port-au-Prince", "", "a".repeat(51)]) {
    it(`that Firehose refuses for its characters: "${zone.slice(0, 30)}"`, () => {
      assert.deepEqual(firehoseTimeZoneProblem(zone), [letters(zone)]);
    });
  }

  for (const zone of ["CET", "GMT", "EST", "GB", "Cuba"]) {
    it(`that Firehose refuses as no area and place: ${zone}`, () => {
      assert.deepEqual(firehoseTimeZoneProblem(zone), [
        `timeZone "${zone}": Firehose takes UTC, or an area and a place such as Europe/London.`,
      ]);
    });
  }

  it("that Java knows by another case only", () => {
    assert.deepEqual(firehoseTimeZoneProblem("europe/BERLIN"), [
      'timeZone "europe/BERLIN": write it as Europe/Berlin.',
    ]);
  });

  it("that does not exist", () => {
    assert.deepEqual(firehoseTimeZoneProblem("Europe/Muenchen"), [
      'timeZone "Europe/Muenchen": no such IANA time zone.',
    ]);
  });

  it("has a clock that shows its own day, with the milliseconds", () => {
    assert.deepEqual(wallClock(new Date("2026-12-31T23:30:05.678Z"), "Europe/Berlin"), {
      year: 2027,
      month: 1,
      day: 1,
      hour: 0,
      minute: 30,
      second: 5,
      millisecond: 678,
    });
    assert.equal(wallClock(new Date("1969-12-31T23:59:59.999Z"), "UTC").millisecond, 999);
  });

  it("is ahead of UTC by minutes that follow its summer time", () => {
    assert.equal(offsetMinutes(new Date("2026-01-01T00:00:00Z"), "Europe/Berlin"), 60);
    assert.equal(offsetMinutes(new Date("2026-07-01T00:00:00Z"), "Europe/Berlin"), 120);
    assert.equal(offsetMinutes(new Date("2026-07-01T00:00:00.9Z"), "Asia/Kathmandu"), 345);
    assert.equal(offsetMinutes(new Date("2026-07-01T00:00:00Z"), "America/New_York"), -240);
  });

  it("is east of UTC also when it is so in summer only", () => {
    assert.equal(isEverEastOfUtc("Europe/Lisbon", "2026-11-01"), true);
    assert.equal(isEverEastOfUtc("Africa/Casablanca", "2026-01-01"), true);
    assert.equal(isEverEastOfUtc("UTC", "2026-11-01"), false);
    assert.equal(isEverEastOfUtc("Atlantic/Reykjavik", "2026-11-01"), false);
    assert.equal(isEverEastOfUtc("America/New_York", "2026-11-01"), false);
  });
});
