import type { AthenaClient } from "@aws-sdk/client-athena";
import { athenaClient } from "../../athena/client/client.ts";
import { datasetOfDatabase, deployedDataset } from "../../athena/client/deployed-dataset.ts";
import { chosenPipelines, sayWhich } from "../../pipelines/choose.ts";
import { exportedPipelines, stackPipelines } from "../../pipelines/from-stack.ts";
import type { Pipeline } from "../../pipelines/pipeline.ts";
import type { Dataset } from "../../schema/dataset.ts";
import { readEndpoints } from "../local/endpoints-file.ts";
import { localStack } from "../program.ts";
import { UserError } from "../user-error.ts";

/** The options of every command that runs queries. */
export interface TargetOptions {
  readonly stack?: string;
  readonly pipeline?: string;
  readonly dataset?: string;
  readonly region?: string;
  readonly workgroup?: string;
  readonly database?: string;
  /** A role that the stack declares, to use the emulator with its rights. */
  readonly role?: string;
}

/** Where the queries of one pipeline run. */
export interface Place {
  readonly client: AthenaClient;
  readonly region: string;
  /** The pipeline's and the dataset's name; undefined when only a workgroup was named. */
  readonly pipeline?: string;
  readonly dataset?: string;
  readonly workgroup: string;
  readonly database?: string;
  readonly tableName?: string;
}

/** The Athena that is meant. */
export interface Target {
  /** Whether it is the emulator: its queries cost nothing. */
  readonly isLocal: boolean;
  /** The workgroups that come into question, one or more. */
  readonly places: readonly Place[];
  /** Lets go of the clients. */
  close(): void;
}

/** The emulator takes an access key id for the name of a role; any that is none is the administrator's. */
const administrator = "local";

/**
 * The Athena that the options mean: a named workgroup; else the emulator, where `--stack` says so or nothing is said and
 * it is up; else a deployed stack, by its outputs.
 * @throws {UserError} when nothing of this is there. {PipelineError} when the stack has no such pipeline.
 */
export async function findTarget(options: TargetOptions): Promise<Target> {
  if (options.workgroup !== undefined && options.stack === undefined) {
    refuseRole(options);
    return targetOf(false, [await namedWorkgroup(options.workgroup, options)]);
  }

  const stack = options.stack ?? localStack;
  const emulator = await readEndpoints(stack);
  if (emulator) {
    const pipelines = exportedPipelines(emulator.pipelines);
    const credentials = { accessKeyId: callerOf(options, pipelines), secretAccessKey: "local" };
    return targetOf(
      true,
      chosenPipelines(stack, pipelines, options).map((pipeline) =>
        placeOf(
          athenaClient({ region: pipeline.region, endpoint: emulator.athena, credentials }),
          pipeline,
          options,
        ),
      ),
    );
  }
  if (stack === localStack) {
    throw new UserError(
      "no emulator is up, and no deployed stack is named.\n" +
        "Start one with `npx sluice start --serve`, or name a stack with --stack, or a workgroup with --workgroup. " +
        "`sluice query list --local-file` shows what the program declares.",
    );
  }
  refuseRole(options);
  const pipelines = await stackPipelines(
    stack,
    "Or name the place with --workgroup, --database and --region.",
  );
  const chosen = chosenPipelines(stack, pipelines, options);
  return targetOf(
    false,
    await Promise.all(
      chosen.map(async (pipeline) =>
        placeOf(await awsClient(options.region ?? pipeline.region), pipeline, options),
      ),
    ),
  );
}

function targetOf(isLocal: boolean, places: readonly Place[]): Target {
  return { isLocal, places, close: () => places.forEach(({ client }) => client.destroy()) };
}

function placeOf(client: AthenaClient, pipeline: Pipeline, options: TargetOptions): Place {
  const { name, dataset, region, workgroupName, databaseName, tableName } = pipeline;
  return {
    client,
    region: options.region ?? region,
    pipeline: name,
    dataset,
    workgroup: options.workgroup ?? workgroupName,
    database: options.database ?? databaseName,
    // Of another database only its tables say what it holds.
    ...(options.database === undefined && { tableName }),
  };
}

/** The dataset that the queries of a place are about, as its table carries it. @throws {TableParametersError} */
export async function datasetAt({ client, dataset, database, tableName }: Place): Promise<Dataset> {
  if (database !== undefined && tableName !== undefined) {
    return deployedDataset(client, { databaseName: database, tableName });
  }
  return datasetOfDatabase(client, database ?? "default", dataset);
}

function refuseRole({ role }: TargetOptions): void {
  if (role !== undefined)
    throw new UserError("--role is for the emulator. On AWS choose the role with AWS_PROFILE.");
}

/** The emulator's access key. @throws {UserError} for a role that is none: it would be taken for an administrator. */
function callerOf({ role }: TargetOptions, pipelines: readonly Pipeline[]): string {
  if (role === undefined) return administrator;
  const roles = pipelines.map(({ analystRoleArn: arn }) => arn.slice(arn.lastIndexOf("/") + 1));
  if (roles.includes(role)) return role;
  throw new UserError(`no analyst role "${role}". There are ${roles.join(", ")}.`);
}

async function namedWorkgroup(workgroup: string, options: TargetOptions): Promise<Place> {
  const client = await awsClient(options.region);
  const region = await client.config.region().catch(() => {
    throw new UserError("no region. Give --region, or set AWS_REGION.");
  });
  const { dataset, database } = options;
  return {
    client,
    region,
    workgroup,
    ...(dataset !== undefined && { dataset }),
    ...(database !== undefined && { database }),
  };
}

/** A client of AWS's Athena. @throws {UserError} when there are no credentials: the first call would tell it worse. */
async function awsClient(region: string | undefined): Promise<AthenaClient> {
  const client = athenaClient(region === undefined ? {} : { region });
  await client.config.credentials().catch((error: Error) => {
    throw new UserError(
      `no AWS credentials: ${error.message}\nSet AWS_PROFILE, sign in with \`aws sso login\`, or set the AWS_ variables.`,
      1,
    );
  });
  return client;
}

/** The one place that is meant. @throws {UserError} when there are several. */
export function onePlace({ places }: Target): Place {
  const [place, ...more] = places;
  if (place && more.length === 0) return place;
  const named = places.map(({ pipeline = "", dataset = "" }) => ({ name: pipeline, dataset }));
  throw new UserError(`the stack has several pipelines. ${sayWhich(named)}`);
}
