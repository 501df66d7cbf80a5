import assert from "node:assert/strict";
import { parseCombined } from "../../../producer/sources/combined-log.ts";

const line = (request: string, rest = '200 5 "-" "curl/8"') =>
  `192.0.2.1 - - [17/May/2015:10:05:03 +0000] "${request}" ${rest}`;

describe("a line in combined log format", () => {
  it("is an event of the access log, with null where the log has -, and no bytes as 0", () => {
    assert.deepEqual(
      parseCombined('192.0.2.1 - frank [17/May/2015:10:05:03 +0000] "GET /a?b=c HTTP/1.1" 304 - "-" "-"'),
      {
        time: "2015-05-17T10:05:03Z",
        remote_addr: "192.0.2.1",
        method: "GET",
        path: "/a?b=c",
        protocol: "HTTP/1.1",
        status: 304,
        bytes: 0,
        referer: null,
        user_agent: null,
      },
    );
  });

  it("has its time in UTC, whatever the server's zone", () => {
    const at = (zone: string) => parseCombined(line("GET / HTTP/1.1").replace("+0000", zone))?.time;
    assert.equal(at("+0200"), "2015-05-17T08:05:03Z");
    assert.equal(at("-0930"), "2015-05-17T19:35:03Z");
  });

  it("may have escaped quotes in its quoted fields, which stay as they are", () => {
    const event = parseCombined(line("GET / HTTP/1.1", String.raw`200 5 "-" "a \"b\" c"`));
    assert.equal(event?.user_agent, String.raw`a \"b\" c`);
  });

  it("keeps a request that is none as its path", () => {
    const event = parseCombined(line(String.raw`\x16\x03\x01`, '400 0 "-" "-"'));
    assert.deepEqual([event?.method, event?.path, event?.protocol], [null, String.raw`\x16\x03\x01`, null]);
    assert.equal(parseCombined(line("-", '408 - "-" "-"'))?.path, null);
  });

  it("is none when it is cut off, has another format, or a month that is none", () => {
    const whole = line("GET / HTTP/1.1");
    assert.ok(parseCombined(whole));
    for (let end = 0; end < whole.length; end++) assert.equal(parseCombined(whole.slice(0, end)), undefined);
    assert.equal(parseCombined(whole.replace("May", "Mai")), undefined);
    assert.equal(parseCombined('{"time":"2015-05-17T10:05:03Z"}'), undefined);
  });
});
