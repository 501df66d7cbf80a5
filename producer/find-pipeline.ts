import { environmentVariableOf, variablePrefix } from "../pipelines/environment.ts";
import { endpointsIn, nearestEndpoints, type Endpoints } from "../pipelines/from-emulator.ts";
import { readOutputs, type PipelineOutputs, type PipelineParts } from "./pipeline-outputs.ts";

export interface FindOptions {
  /** The pipeline's name, where several carry the dataset. */
  readonly pipeline?: string | undefined;
  /** What the stack exports: `pulumi stack output --json`, its `pipelines`, or the outputs of one pipeline. */
  readonly outputs?: PipelineOutputs | undefined;
  /** Whose emulator is looked for. Default: `local`. */
  readonly stack?: string | undefined;
}

/** A pipeline, and the emulator that runs it, if one does. */
export interface FoundPipeline {
  readonly pipeline: PipelineParts;
  readonly emulator?: Endpoints;
}

/** A place where pipelines are looked for, what is there, and what to say where nothing is. */
interface Place {
  readonly name: string;
  readonly pipelines: readonly PipelineParts[];
  readonly emulator?: Endpoints;
  /** Whether a pipeline that is not here may still be at the next place. */
  readonly leavesOn: boolean;
}

/** No pipeline, or several, for a dataset. The message says where was looked. */
export class PipelineNotFoundError extends Error {
  override name = "PipelineNotFoundError";
}

/**
 * The pipeline that carries a dataset, from the first of these that tells of one:
 * 1. the emulator whose state folder `SLUICE_EMULATOR` names;
 * 2. the stack's outputs, when they are given;
 * 3. the variables `SLUICE_PIPELINE_<NAME>` (`EventPipeline.environment`);
 * 4. an emulator that is up in `.sluice/<stack>`, here or in a folder above; not where NODE_ENV is production.
 * @throws {PipelineNotFoundError} when there is none, or several.
 */
export async function findPipeline(dataset: string, options: FindOptions): Promise<FoundPipeline> {
  const { pipeline } = options;
  const looked: string[] = [];
  for (const look of [namedEmulator, givenOutputs, environment, runningEmulator]) {
    const place = await look(options);
    if (typeof place === "string") {
      looked.push(place);
      continue;
    }
    const { name, pipelines, emulator, leavesOn } = place;
    const fitting = pipelines.filter(
      (each) => each.dataset === dataset && (pipeline === undefined || each.name === pipeline),
    );
    const [found, ...more] = fitting;
    if (found && more.length === 0) return { pipeline: found, ...(emulator && { emulator }) };
    if (found) {
      const names = fitting.map((each) => each.name).join(", ");
      throw new PipelineNotFoundError(
        `${name}: several pipelines carry the dataset "${dataset}". Say which with the option \`pipeline\`: ${names}.`,
      );
    }
    const others = pipelines.map((each) => `${each.name} (dataset ${each.dataset})`).join(", ");
    looked.push(`${name}: ${others === "" ? "no pipeline" : `only ${others}`}`);
    if (!leavesOn) break;
  }
  const wanted = pipeline === undefined ? "no pipeline" : `no pipeline "${pipeline}"`;
  throw new PipelineNotFoundError(
    `${wanted} for the dataset "${dataset}". Looked at\n${looked.map((line) => `  ${line}`).join("\n")}\n` +
      "Give the backend its pipeline's `environment`, pass the stack's `outputs`, or start an emulator: sluice start --serve.",
  );
}

async function namedEmulator(): Promise<Place | string> {
  const folder = process.env["SLUICE_EMULATOR"];
  if (folder === undefined || folder === "") return "SLUICE_EMULATOR: not set";
  const emulator = await endpointsIn(folder);
  if (emulator) return emulated(`SLUICE_EMULATOR ${folder}`, emulator);
  throw new PipelineNotFoundError(
    `SLUICE_EMULATOR is ${folder}: no emulator is up there. Name the state folder of one, such as .sluice/local, or unset it.`,
  );
}

function givenOutputs({ outputs }: FindOptions): Place | string {
  if (outputs === undefined) return "the option `outputs`: not given";
  const name = "the option `outputs`";
  return { name, pipelines: readOutputs(outputs, name), leavesOn: false };
}

function environment({ pipeline }: FindOptions): Place | string {
  const variables =
    pipeline === undefined
      ? Object.keys(process.env).filter((name) => name.startsWith(variablePrefix))
      : [environmentVariableOf(pipeline)];
  const pipelines = variables.flatMap((name) => {
    const text = process.env[name];
    if (text === undefined || text === "") return [];
    let outputs: PipelineOutputs;
    try {
      outputs = JSON.parse(text) as PipelineOutputs;
    } catch {
      throw new PipelineNotFoundError(
        `${name} is no JSON. Set it to what the pipeline's \`environment\` has.`,
      );
    }
    return readOutputs(outputs, name);
  });
  const name = pipeline === undefined ? `${variablePrefix}<NAME>` : environmentVariableOf(pipeline);
  return pipelines.length === 0 ? `${name}: not set` : { name, pipelines, leavesOn: true };
}

async function runningEmulator({ stack = "local" }: FindOptions): Promise<Place | string> {
  const name = `.sluice/${stack} in ${process.cwd()} and above`;
  if (process.env["NODE_ENV"] === "production") return `${name}: not looked at, as NODE_ENV is production`;
  const emulator = await nearestEndpoints(stack);
  return emulator ? emulated(`the emulator of "${stack}"`, emulator) : `${name}: no emulator is up`;
}

function emulated(name: string, emulator: Endpoints): Place {
  return { name, pipelines: Object.values(emulator.pipelines), emulator, leavesOn: false };
}
