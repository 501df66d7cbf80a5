import type { AthenaClient } from "@aws-sdk/client-athena";
import { datasets } from "../../datasets/index.ts";
import { athenaClient } from "../../athena/client/client.ts";
import { readEndpoints } from "../local/endpoints-file.ts";
import { stackOutputs, type StackPipelines } from "../stack-outputs.ts";
import { UserError } from "../user-error.ts";

/** The options of every command that asks Athena. */
export interface TargetOptions {
  readonly stack?: string;
  readonly dataset?: string;
  readonly region?: string;
  readonly workgroup?: string;
  readonly database?: string;
  /** A role that the stack declares, to ask the emulator with its rights. */
  readonly role?: string;
}

/** Where the queries of one dataset are asked. */
export interface Place {
  /** Undefined when only a workgroup was named. */
  readonly dataset?: string;
  readonly workgroup: string;
  readonly database?: string;
}

/** An Athena to ask. */
export interface Target {
  readonly client: AthenaClient;
  readonly region: string;
  /** Whether it is the emulator: its queries cost nothing. */
  readonly isLocal: boolean;
  /** The workgroups that come into question, one or more. */
  readonly places: readonly Place[];
}

/** The emulator takes an access key id for the name of a role; any that is none is the administrator's. */
const administrator = "local";
const emulatorStack = "local";

/**
 * The Athena that the options mean: a named workgroup; else the emulator, where `--stack` says so or nothing is said and it
 * is up; else a deployed stack, by its outputs.
 * @throws {UserError} when nothing of this is there.
 */
export async function findTarget(options: TargetOptions): Promise<Target> {
  if (options.dataset !== undefined && !datasets.has(options.dataset)) {
    throw new UserError(`no dataset "${options.dataset}". There are ${[...datasets.keys()].join(", ")}.`);
  }
  if (options.workgroup !== undefined && options.stack === undefined) {
    refuseRole(options);
    return namedWorkgroup(options.workgroup, options);
  }

  const stack = options.stack ?? emulatorStack;
  const emulator = await readEndpoints(stack);
  if (emulator) {
    const credentials = { accessKeyId: callerOf(options, emulator.pipelines), secretAccessKey: "local" };
    return {
      client: athenaClient({ region: emulator.region, endpoint: emulator.athena, credentials }),
      region: emulator.region,
      isLocal: true,
      places: placesOf(stack, emulator.pipelines, options),
    };
  }
  if (options.stack === undefined || options.stack === emulatorStack) {
    throw new UserError(
      "no emulator is up, and no deployed stack is named.\n" +
        "Start one with `npm start -- --serve`, or name a stack with --stack, or a workgroup with --workgroup.",
    );
  }
  refuseRole(options);
  const pipelines = await stackOutputs(stack, "Or name the place with --workgroup, --database and --region.");
  const region = options.region ?? Object.values(pipelines)[0]?.region ?? "us-east-1";
  return {
    client: await awsClient(region),
    region,
    isLocal: false,
    places: placesOf(stack, pipelines, options),
  };
}

function refuseRole({ role }: TargetOptions): void {
  if (role !== undefined)
    throw new UserError("--role is for the emulator. On AWS choose the role with AWS_PROFILE.");
}

/** The access key for the emulator. @throws {UserError} for a role that is none: the emulator would take it for an administrator. */
function callerOf({ role }: TargetOptions, pipelines: StackPipelines): string {
  if (role === undefined) return administrator;
  const roles = Object.values(pipelines).map(({ analystRoleArn: arn }) =>
    arn.slice(arn.lastIndexOf("/") + 1),
  );
  if (roles.includes(role)) return role;
  throw new UserError(`no analyst role "${role}". There are ${roles.join(", ")}.`);
}

async function namedWorkgroup(workgroup: string, options: TargetOptions): Promise<Target> {
  const client = await awsClient(options.region);
  const region = await client.config.region().catch(() => {
    throw new UserError("no region. Give --region, or set AWS_REGION.");
  });
  const { dataset, database } = options;
  return { client, region, isLocal: false, places: [{ dataset, workgroup, database }] };
}

/** A client of AWS's Athena. @throws {UserError} when there are no credentials: the first call would tell it worse. */
async function awsClient(region: string | undefined): Promise<AthenaClient> {
  const client = athenaClient({ region });
  await client.config.credentials().catch((error: Error) => {
    throw new UserError(
      `no AWS credentials: ${error.message}\nSet AWS_PROFILE, sign in with \`aws sso login\`, or set the AWS_ variables.`,
      1,
    );
  });
  return client;
}

function placesOf(stack: string, pipelines: StackPipelines, options: TargetOptions): Place[] {
  const places = Object.entries(pipelines)
    .filter(([dataset]) => options.dataset === undefined || dataset === options.dataset)
    .map(([dataset, { workgroupName, databaseName }]) => ({
      dataset,
      workgroup: options.workgroup ?? workgroupName,
      database: options.database ?? databaseName,
    }));
  if (places.length > 0) return places;
  const there = Object.keys(pipelines).join(", ");
  throw new UserError(
    `the stack "${stack}" has no pipeline for "${options.dataset ?? ""}", only for ${there}.`,
  );
}

/** The one place that is meant. @throws {UserError} when there are several. */
export function onePlace({ places }: Target): Place {
  const [place, ...more] = places;
  if (place && more.length === 0) return place;
  const names = places.map(({ dataset }) => dataset).join(", ");
  throw new UserError(`the stack has several datasets. Say which with --dataset: ${names}.`);
}
