import { PipelineError, type Pipeline } from "./pipeline.ts";

/** Which pipelines of a stack are meant. Neither: all of them. */
export interface PipelineChoice {
  /** A pipeline's name. */
  readonly pipeline?: string | undefined;
  /** The name of a dataset: the pipelines that carry it. */
  readonly dataset?: string | undefined;
}

/**
 * The pipelines that are meant.
 * @throws {PipelineError} naming those there are, when none is.
 */
export function chosenPipelines<P extends Pick<Pipeline, "name" | "dataset">>(
  stack: string,
  pipelines: readonly P[],
  { pipeline, dataset }: PipelineChoice,
): P[] {
  const chosen = pipelines.filter(
    (each) =>
      (pipeline === undefined || each.name === pipeline) &&
      (dataset === undefined || each.dataset === dataset),
  );
  if (chosen.length > 0) return chosen;
  const wanted = [
    "pipeline",
    ...(pipeline === undefined ? [] : [`"${pipeline}"`]),
    ...(dataset === undefined ? [] : [`for "${dataset}"`]),
  ].join(" ");
  const there = pipelines.map(textOf).join(", ");
  throw new PipelineError(
    `the stack "${stack}" has no ${wanted}, only ${pipeline === undefined ? "for " : ""}${there || "none"}.`,
  );
}

/** What says which pipeline is meant, as messages call it. */
const commandOptions = { pipeline: "--pipeline", dataset: "--dataset" };

/**
 * The one pipeline that is meant.
 * @param called what the two choices are called where they are made. Default: the commands' options.
 * @throws {PipelineError} naming those there are, when none or several are.
 */
export function onePipeline<P extends Pick<Pipeline, "name" | "dataset">>(
  stack: string,
  pipelines: readonly P[],
  choice: PipelineChoice,
  called: typeof commandOptions = commandOptions,
): P {
  const chosen = chosenPipelines(stack, pipelines, choice);
  const [first, ...more] = chosen;
  if (first && more.length === 0) return first;
  throw new PipelineError(`the stack "${stack}" has several pipelines. ${sayWhich(chosen, called)}`);
}

/** The next step where several pipelines are meant: the option that tells them apart, and its values. */
export function sayWhich(
  pipelines: readonly Pick<Pipeline, "name" | "dataset">[],
  called: typeof commandOptions = commandOptions,
): string {
  const datasets = new Set(pipelines.map(({ dataset }) => dataset));
  const option = datasets.size === pipelines.length ? called.dataset : called.pipeline;
  return `Say which with ${option}: ${pipelines.map(textOf).join(", ")}.`;
}

/** A pipeline's name, and its dataset's where that is another. */
function textOf({ name, dataset }: Pick<Pipeline, "name" | "dataset">): string {
  return name === dataset ? name : `${name} (dataset ${dataset})`;
}
