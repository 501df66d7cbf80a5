import { AthenaClient, type AthenaClientConfig } from "@aws-sdk/client-athena";

/**
 * How often a throttled or interrupted call is tried in all. The SDK waits longer each time (up to 20 s), and a query
 * is never started twice, as each start carries a token.
 */
const attempts = 8;

/** A client of Athena that outlasts throttling. @param endpoint another address than AWS's own: the emulator's. */
export function athenaClient(
  config: Pick<AthenaClientConfig, "region" | "endpoint" | "credentials"> = {},
): AthenaClient {
  return new AthenaClient({ ...config, maxAttempts: attempts, retryMode: "standard" });
}
