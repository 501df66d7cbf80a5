import net from "node:net";

/**
 * Loaded into the kinesis-mock process before its own code. kinesis-mock listens on all interfaces and has no setting
 * for it, so its servers are led to the loopback interface here, on ports that the system chooses; the plain HTTP one
 * is told to the emulator. The process ends with the emulator, however the emulator ends: the channel between them closes.
 */

/** What KINESIS_MOCK_PLAIN_PORT is set to, to tell the plain HTTP server from the TLS one. */
const plainPortToken = 2;

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its server below
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (this: net.Server, port: unknown, ...rest: unknown[]) {
  const callback = rest.find((argument) => typeof argument === "function") as (() => void) | undefined;
  return listen.call(this, { port: 0, host: "127.0.0.1" }, () => {
    callback?.();
    if (port === plainPortToken) process.send?.({ port: (this.address() as net.AddressInfo).port });
  });
} as typeof listen;

process.once("disconnect", () => process.exit(0));
