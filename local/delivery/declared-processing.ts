import type { ExtendedS3Inputs, ProcessorInputs } from "./declared-inputs.ts";
import type { LogUnpacking } from "./unpack-logs.ts";

/** What a delivery stream does with records before anything else. */
export interface Processing {
  /** Whether a newline follows each record that is delivered as it is. */
  readonly appendDelimiter: boolean;
  readonly unpacking?: LogUnpacking;
}

/**
 * The processors that the inputs describe.
 * @param problem takes what AWS refuses at creation, and what the emulator can't do.
 */
export function processingOf(
  { processingConfiguration: inputs }: Pick<ExtendedS3Inputs, "processingConfiguration">,
  source: { isDirectPut: boolean; converts: boolean },
  problem: (rule: string) => void,
): Processing {
  const processors = inputs?.enabled === false ? [] : (inputs?.processors ?? []);
  const find = (wanted: string) => processors.find(({ type }) => type === wanted);
  const known = ["AppendDelimiterToRecord", "Decompression", "CloudWatchLogProcessing"];
  for (const { type = "" } of processors) {
    if (!known.includes(type)) problem(`the processor ${type} is not supported by the emulator.`);
  }

  const decompression = find("Decompression");
  const extraction = find("CloudWatchLogProcessing");
  if (extraction && !decompression) problem("CloudWatchLogProcessing needs the processor Decompression.");
  if (extraction && parameterOf(extraction, "DataMessageExtraction") !== "true") {
    problem("CloudWatchLogProcessing: DataMessageExtraction must be true.");
  }
  if (decompression) {
    const format = parameterOf(decompression, "CompressionFormat") ?? "GZIP";
    if (format !== "GZIP") problem(`Decompression: CompressionFormat must be GZIP, got ${format}.`);
    if (!source.isDirectPut)
      problem("Decompression is for Direct PUT: CloudWatch Logs sends to Firehose itself.");
    if (!source.converts) {
      problem("Decompression without data format conversion is not supported by the emulator.");
    }
  }
  return {
    appendDelimiter: find("AppendDelimiterToRecord") !== undefined,
    ...(decompression && { unpacking: { extractMessages: extraction !== undefined } }),
  };
}

function parameterOf({ parameters = [] }: ProcessorInputs, name: string): string | undefined {
  return parameters.find(({ parameterName }) => parameterName === name)?.parameterValue;
}
