import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { fixture } from "./fixture-plan.ts";

/** The AWS SDK's client as it is by default, for an endpoint of the emulator. */
export function kinesisClient(endpoint: string): KinesisClient {
  return new KinesisClient({
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
    maxAttempts: 1,
  });
}

/** Puts records into the fixture's stream in one call, each with a partition key of its own. */
export async function putRecords(client: KinesisClient, records: readonly string[]): Promise<void> {
  await client.send(
    new PutRecordsCommand({
      StreamName: fixture.stream,
      Records: records.map((data, index) => ({ PartitionKey: `key${index}`, Data: Buffer.from(data) })),
    }),
  );
}
