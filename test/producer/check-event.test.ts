import assert from "node:assert/strict";
import { accessLog } from "../../datasets/access-log.ts";
import { riskEvent } from "../../datasets/risk-event.ts";
import { eventChecker } from "../../producer/check-event.ts";

const checkLog = eventChecker(accessLog);
const checkRisk = eventChecker(riskEvent);
const place = (lineNumber: number, file = "a.log") => ({ file, lineNumber, fingerprint: "first line" });
const time = '"time":"2015-05-17T10:05:03Z"';
const idOf = (line: string) => (JSON.parse(line) as { event_id: string }).event_id;

describe("an event without an id", () => {
  it("gets one, and its text stays as it was", () => {
    const { line, problem } = checkLog({
      line: `{${time}, "bytes": 12345678901234567890 }`,
      place: place(1),
    });
    assert.match(
      line,
      /^\{"time":"2015-05-17T10:05:03Z", "bytes": 12345678901234567890,"event_id":"[0-9a-f]{32}"\}$/,
    );
    assert.equal(problem, undefined);
  });

  it("gets one in place of null", () => {
    assert.match(
      checkLog({ line: `{${time},"event_id":null}`, place: place(1) }).line,
      /"event_id":"[0-9a-f]{32}"\}$/,
    );
  });

  it("gets the same from a file that is sent twice, another on another line", () => {
    const line = `{${time}}`;
    const first = idOf(checkLog({ line, place: place(1) }).line);
    assert.equal(idOf(checkLog({ line, place: place(1, "moved/a.log") }).line), first);
    assert.notEqual(idOf(checkLog({ line, place: place(2) }).line), first);
    assert.notEqual(idOf(checkLog({ line, place: { ...place(1), fingerprint: "another" } }).line), first);
  });

  it("gets a random one when it comes from no place", () => {
    const line = `{${time}}`;
    assert.notEqual(idOf(checkLog({ line }).line), idOf(checkLog({ line }).line));
  });

  it("gets one even when it is empty, and is then told what it lacks", () => {
    const { line, problem } = checkLog({ line: "{}", place: place(1) });
    assert.match(line, /^\{"event_id":"[0-9a-f]{32}"\}$/);
    assert.equal(problem, "has no time, which the dataset requires");
  });
});

describe("an event with an id", () => {
  it("stays as it is, in whatever case the key is written", () => {
    for (const line of [`{${time},"event_id":"x"}`, `{${time},"Event_ID":"x"}`]) {
      assert.deepEqual(checkLog({ line }), { line, place: undefined });
    }
  });
});

describe("an event that does not fit the dataset", () => {
  const problems: [name: string, check: typeof checkLog, line: string, problem: RegExp][] = [
    ["no JSON", checkLog, "{", /^is not JSON$/],
    ["an array", checkLog, "[1]", /^is JSON but no object: it starts with \[$/],
    [
      "a text for a number",
      checkLog,
      `{${time},"status":"OK"}`,
      /^status is "OK": it must be integer or null$/,
    ],
    [
      "a number out of range",
      checkLog,
      `{${time},"status":3000000000}`,
      /^status is 3000000000: it must be <= 2147483647$/,
    ],
    ["no event time", checkLog, '{"status":200}', /^has no time, which the dataset requires$/],
    [
      "a time with an offset",
      checkLog,
      '{"time":"2015-05-17T10:05:03+02:00"}',
      /^time is .* reads as no timestamp/,
    ],
    [
      "a date that is none",
      checkRisk,
      '{"Name":"n","DiscoveryDate":"17 May"}',
      /^DiscoveryDate is "17 May": it must match/,
    ],
  ];
  for (const [name, check, line, problem] of problems) {
    it(`is told by field and value: ${name}`, () => {
      assert.match(check({ line }).problem ?? "", problem);
    });
  }

  it("keeps the problem that its source saw", () => {
    const event = { line: "cut", problem: "is cut off" };
    assert.equal(checkLog(event), event);
  });

  it("is not one whose keys are in another case: Firehose lower-cases them", () => {
    assert.equal(checkRisk({ line: '{"name":"n","discoverydate":"2026-01-02"}' }).problem, undefined);
    assert.match(checkRisk({ line: '{"name":"n","discoverydate":7}' }).problem ?? "", /^DiscoveryDate is 7/);
  });

  it("is not one whose time is in a form that Firehose reads", () => {
    for (const form of [
      '"2015-05-17T10:05:03"',
      '"2015-05-17 10:05:03.123456789"',
      '"2015-5-7 1:5:3"',
      "1431857103",
      "1431857103.5",
      '"1431857103000"',
    ]) {
      assert.equal(checkLog({ line: `{"time":${form}}` }).problem, undefined, form);
    }
  });
});
