import assert from "node:assert/strict";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { startKinesisMock } from "../../../local/stream/kinesis-mock.ts";

describe("kinesis-mock", () => {
  it("listens on the loopback interface only", async () => {
    const mock = await startKinesisMock({ region: "eu-central-1", accountId: "123456789012" });
    try {
      assert.equal(await canConnect("127.0.0.1", mock.port), true);
      const others = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ internal, family }) => !internal && family === "IPv4");
      for (const { address } of others) assert.equal(await canConnect(address, mock.port), false, address);
    } finally {
      await mock.stop();
    }
    assert.equal(await canConnect("127.0.0.1", mock.port), false);
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const end = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket
      .once("connect", () => end(true))
      .once("error", () => end(false))
      .once("timeout", () => end(false));
  });
}
