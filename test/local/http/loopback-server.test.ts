import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import http2 from "node:http2";
import { startLoopbackServer, type LoopbackServer } from "../../../local/http/loopback-server.ts";

describe("a loopback server", () => {
  let server: LoopbackServer;
  let answered: number;
  beforeEach(async () => {
    answered = 0;
    server = await startLoopbackServer(0, (_, response) => {
      answered++;
      response.end("lake");
    });
  });
  afterEach(() => server.close());

  const overHttp1 = async (host: string): Promise<[number | undefined, string]> => {
    const request = http.get({ host: "127.0.0.1", port: server.port, headers: { host } });
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    return [response.statusCode, (await response.setEncoding("utf8").toArray()).join("")];
  };
  const overHttp2 = async (authority: string): Promise<[number, string]> => {
    const session = http2.connect(`http://127.0.0.1:${server.port}`);
    const request = session.request({ ":path": "/", ":authority": authority });
    const [headers] = (await once(request, "response")) as [Record<string, number>];
    const body = (await request.setEncoding("utf8").toArray()).join("");
    session.close();
    return [Number(headers[":status"]), body];
  };

  for (const host of ["localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:4566", "[::1]", "[::1]:80"]) {
    it(`answers for ${host}`, async () => {
      assert.deepEqual(await overHttp1(host), [200, "lake"]);
      assert.deepEqual(await overHttp2(host), [200, "lake"]);
      assert.equal(answered, 2);
    });
  }

  for (const host of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "127.0.0.2"]) {
    it(`answers with 403 for ${host}, as a page would send it whose name was led here`, async () => {
      const refusal = `This server answers for localhost and 127.0.0.1, not for "${host}".\n`;
      assert.deepEqual(await overHttp1(host), [403, refusal]);
      assert.deepEqual(await overHttp2(host), [403, refusal]);
      assert.equal(answered, 0);
    });
  }

  it("takes a port that it likes, and another one where that is taken, saying so", async () => {
    const told: string[] = [];
    const other = await startLoopbackServer(
      { liked: server.port, onTaken: () => told.push("taken") },
      () => {},
    );
    await other.close();
    assert.notEqual(other.port, server.port);
    assert.deepEqual(told, ["taken"]);
    const again = await startLoopbackServer(
      { liked: other.port, onTaken: () => told.push("again") },
      () => {},
    );
    await again.close();
    assert.equal(again.port, other.port);
    assert.deepEqual(told, ["taken"]);
  });

  it("refuses a port that was asked for and is taken", async () => {
    await assert.rejects(
      startLoopbackServer(server.port, () => {}),
      {
        message: `Port ${server.port} on 127.0.0.1 is taken by another program.\nChoose another port, or none for a free one.`,
      },
    );
  });
});
