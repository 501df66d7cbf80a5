import type { PipelineSource } from "./sinks/pipeline.ts";

/** What a producer needs of a pipeline's outputs. */
export interface PipelineParts extends PipelineSource {
  readonly name: string;
  readonly dataset: string;
  /** Absent without HTTP ingest. */
  readonly httpEndpoint?: string | undefined;
}

type OnePipeline = Omit<PipelineParts, "name" | "dataset"> & Partial<Pick<PipelineParts, "name" | "dataset">>;

/** `pulumi stack output --json`, its `pipelines`, or the outputs of one pipeline. */
export type PipelineOutputs =
  | OnePipeline
  | Readonly<Record<string, OnePipeline>>
  | { readonly pipelines: Readonly<Record<string, OnePipeline>> };

/**
 * The pipelines of outputs. What one does not say of itself, the name says under which it is exported.
 * @param place where they come from, for messages.
 * @throws {TypeError} naming the output that is missing or no text.
 */
export function readOutputs(outputs: PipelineOutputs, place: string): PipelineParts[] {
  const given = mapping(outputs, place);
  if ("deliveryStreamName" in given || "region" in given) return [partsOf(given, place, undefined)];
  const inside = "pipelines" in given ? `${place}.pipelines` : place;
  const pipelines = "pipelines" in given ? mapping(given["pipelines"], inside) : given;
  return Object.entries(pipelines).map(([key, one]) =>
    partsOf(mapping(one, `${inside}.${key}`), `${inside}.${key}`, key),
  );
}

/** Read by hand: a schema library would weigh more than the rest of the producer. */
function partsOf(given: Record<string, unknown>, place: string, key: string | undefined): PipelineParts {
  const optional = (name: string): string | undefined => {
    const value = given[name] ?? undefined;
    if (value === undefined || (typeof value === "string" && value !== "")) return value;
    throw new TypeError(
      `${place}.${name} is no text. Pass the outputs of a deployed stack, as JSON has them.`,
    );
  };
  const needed = (name: string, otherwise?: string): string => {
    const value = optional(name) ?? otherwise;
    if (value !== undefined) return value;
    throw new TypeError(`${place} has no ${name}. Pass what the pipeline's \`outputs\` export.`);
  };
  return {
    name: needed("name", key),
    dataset: needed("dataset", key),
    region: needed("region"),
    streamName: optional("streamName"),
    deliveryStreamName: needed("deliveryStreamName"),
    httpEndpoint: optional("httpEndpoint"),
  };
}

function mapping(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new TypeError(`${place} is no mapping of names to values. Pass the outputs of a deployed stack.`);
}
