import { join } from "node:path";
import { z } from "zod";
import type { PortChoice } from "../http/loopback-server.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

const portSchema = z.int().min(1).max(65_535);
const portsSchema = z.object({
  kinesis: portSchema.optional(),
  firehose: portSchema.optional(),
  http: portSchema.optional(),
  athena: portSchema.optional(),
});

/** The ports of an emulator's APIs, as far as it has them. */
export type Ports = z.infer<typeof portsSchema>;
type Api = keyof Ports;

const fileIn = (stateFolder: string) => join(stateFolder, "ports.json");

/**
 * The ports that an emulator on a state folder should have: those that are given, else those that it had the last time,
 * so that what was told of it stays true.
 * @param onTaken told of one that it had and that another program has now: it gets a free one.
 */
export async function portChoices(
  stateFolder: string,
  given: { readonly [api in Api]?: number | undefined },
  onTaken: (api: Api, port: number) => void,
): Promise<{ [api in `${Api}Port`]: PortChoice }> {
  const kept = await lastPorts(stateFolder);
  const choice = (api: Api): PortChoice => {
    const liked = kept[api];
    return given[api] ?? (liked === undefined ? 0 : { liked, onTaken: () => onTaken(api, liked) });
  };
  return {
    kinesisPort: choice("kinesis"),
    firehosePort: choice("firehose"),
    httpPort: choice("http"),
    athenaPort: choice("athena"),
  };
}

/** Keeps the ports of the endpoints that an emulator has got; those of APIs that it has not this time stay as they were. */
export async function keepPorts(
  stateFolder: string,
  endpoints: { readonly [api in Api]?: string | undefined },
): Promise<void> {
  const ports = Object.entries(endpoints).flatMap(([api, url]) =>
    url === undefined ? [] : [[api, Number(new URL(url).port)]],
  );
  const kept = await lastPorts(stateFolder);
  await writeJsonFile(fileIn(stateFolder), { ...kept, ...Object.fromEntries(ports) });
}

/** None where there is no such file, or one that means nothing: then free ones are taken. */
async function lastPorts(stateFolder: string): Promise<Ports> {
  const found = await readJsonFile(fileIn(stateFolder)).catch(() => undefined);
  return portsSchema.safeParse(found).data ?? {};
}
