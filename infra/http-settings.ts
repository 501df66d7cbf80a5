import { z } from "zod";
import { defaults } from "./defaults.ts";

const wholeNumber = (least: number, most: number) =>
  z.int(`a whole number, ${least}-${most}`).min(least, `${least} or more`).max(most, `${most} or less`);

/** What can be set on the HTTP ingest of a pipeline. */
export const httpSettingsShape = {
  httpIngest: z.boolean("true or false").default(defaults.httpIngest.value),
  httpAuth: z.enum(["API_KEY", "IAM"], "API_KEY or IAM").default(defaults.httpAuth.value),
  httpRecordPerEvent: z.boolean("true or false").default(defaults.httpRecordPerEvent.value),
  httpPartitionKey: z.string().optional(),
  httpThrottleRatePerSecond: wholeNumber(1, 10_000).default(defaults.httpThrottleRatePerSecond.value),
  httpThrottleBurst: wholeNumber(1, 5000).default(defaults.httpThrottleBurst.value),
  httpCorsOrigins: z
    .array(
      z.string().regex(/^(\*|https?:\/\/[a-z0-9.-]+(:\d+)?)$/, "origins such as https://shop.example, or *"),
    )
    .min(1, "one origin or more")
    .refine((origins) => origins.length === 1 || !origins.includes("*"), "* alone, or origins by name")
    .optional(),
};

type Given = Partial<z.input<z.ZodObject<typeof httpSettingsShape>>>;
type HttpKey = keyof Given;

/** The rules between the settings of HTTP ingest, as pairs of a setting and its rule. */
export function httpProblems(given: Given & { source?: string | undefined }): [HttpKey, string][] {
  const problems: [HttpKey, string][] = [];
  if (given.httpIngest === true && (given.source ?? defaults.source.value) !== "KINESIS") {
    problems.push(["httpIngest", "true only where source is KINESIS: it puts events on the stream"]);
  }
  if (given.httpIngest !== true) {
    const others = (Object.keys(httpSettingsShape) as HttpKey[]).filter((key) => key !== "httpIngest");
    for (const key of others) {
      // A default that is written out decides nothing.
      const harmless = given[key] === undefined || given[key] === defaults[key].value;
      if (!harmless) problems.push([key, "set only where httpIngest is true"]);
    }
  } else if (given.httpPartitionKey !== undefined && given.httpRecordPerEvent !== true) {
    problems.push([
      "httpPartitionKey",
      "set only where httpRecordPerEvent is true: a packed record has many",
    ]);
  }
  return problems;
}
