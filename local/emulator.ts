import { join } from "node:path";
import { AsyncDisposableStack } from "../needs/disposable-stack.ts";
import { stackOf, type DeploymentDocument } from "../plan/deployment.ts";
import { resourcesOfType } from "../plan/resources.ts";
import { startApiGateway, type ServedApi } from "./api-gateway/api-gateway.ts";
import { declaredDeliveries } from "./delivery/declared-deliveries.ts";
import { refuseDeniedCalls } from "./delivery/denied-calls.ts";
import type { DeliveryCounts } from "./delivery/delivery-progress.ts";
import type { DeliveryConfiguration, Destination } from "./delivery/delivery-configuration.ts";
import { RunningDelivery } from "./delivery/running-delivery.ts";
import { startDirectPut } from "./direct-put/direct-put.ts";
import { DeploymentError } from "./deployment-error.ts";
import { DuckDBInstance } from "./duckdb.ts";
import { createAuthorizer } from "./iam/authorizer.ts";
import { regionOf } from "./iam/region.ts";
import { ObjectStore } from "./lake/object-store.ts";
import { openStateFolder } from "./state/state-folder.ts";
import type { Journal } from "./stream/journal.ts";
import { startStreams } from "./stream/streams.ts";

export interface EmulatorOptions {
  /** Where the emulator keeps what outlives it, such as `.sluice/local`. One emulator at a time. */
  readonly stateFolder: string;
  /** Port of the Kinesis API on 127.0.0.1. Default: a free one. */
  readonly kinesisPort?: number;
  /** Port of the Firehose API on 127.0.0.1, where one is declared. Default: a free one. */
  readonly firehosePort?: number;
  /** Port of the declared REST APIs on 127.0.0.1. Default: a free one. */
  readonly httpPort?: number;
  /**
   * Delivers a buffer after so many seconds at the latest, whatever the plan declares: for whoever waits for it. 0 delivers
   * each record at once, each in an object of its own. Default: as declared.
   */
  readonly bufferingIntervalSeconds?: number;
  /** Told what the emulator does, in one line each. */
  readonly onProgress?: (line: string) => void;
}

/** A plan that runs on this machine. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`: the Kinesis API. */
  readonly kinesisEndpoint: string;
  /** `http://127.0.0.1:PORT`: the Firehose API, where a delivery stream's source is Direct PUT; else absent. */
  readonly firehoseEndpoint?: string;
  /** The declared REST APIs, and where each is served. */
  readonly apis: readonly ServedApi[];
  /** The region that the plan's streams are in: what a client signs for. */
  readonly region: string;
  readonly stack: string;
  readonly deliveryStreams: readonly DeliveryStreamSummary[];
  /** The declared buckets. */
  readonly objects: ObjectStore;
  /** What a delivery stream delivered since the emulator started. @throws {Error} when it is not declared. */
  counts(deliveryStreamName: string): DeliveryCounts;
  /**
   * Waits until `records` records were sent since the emulator started and they are in the lake or in the error output.
   * @param options.deadlineMilliseconds how long nothing may be delivered. Default: the buffering interval and two minutes.
   * @throws {Error} saying what is missing, when that passes.
   */
  waitUntilDelivered(
    deliveryStreamName: string,
    options: { records: number; deadlineMilliseconds?: number },
  ): Promise<void>;
  /** Lets the process end while the emulator runs, without what is buffered. The emulator's own processes end with it. */
  unref(): void;
  /** Delivers what is buffered and ends all that the emulator started. */
  close(): Promise<void>;
}

export interface DeliveryStreamSummary {
  readonly name: string;
  /** Absent where records are put on the delivery stream itself. */
  readonly streamName?: string;
  readonly bucket: string;
  /** Of the table by which it converts; absent when it delivers records as they are. */
  readonly databaseName?: string;
  readonly tableName?: string;
}

/**
 * Runs a plan: its streams, its delivery streams, its buckets. What the plan does not declare does not run.
 *
 * @throws {DeploymentError} what AWS would refuse at creation, or what the plan lacks.
 * @throws {Error} when the state folder is taken or of another version, or the port is taken.
 */
export async function startEmulator(plan: DeploymentDocument, options: EmulatorOptions): Promise<Emulator> {
  const tell = options.onProgress ?? (() => {});
  const configurations = declaredDeliveries(plan).map((declared) =>
    deliveredWithin(options.bufferingIntervalSeconds, declared),
  );
  if (configurations.length === 0) {
    throw new DeploymentError([
      "The plan declares no aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream.",
    ]);
  }

  refuseDeniedCalls(
    plan,
    configurations.map(({ name }) => name),
  );

  const started = new AsyncDisposableStack();
  try {
    const state = await openStateFolder(options.stateFolder);
    started.defer(() => state.close());
    const objects = new ObjectStore(state.lake);

    const where = whereOf(plan);
    const streams = await startStreams(plan, {
      folder: state.streams,
      port: options.kinesisPort ?? 0,
      ...where,
    });
    started.defer(() => streams.close());
    tell(`streams: ${[...streams.journals.keys()].join(", ")} at ${streams.endpoint}`);
    const directPut = await startDirectPut(configurations, {
      folder: join(state.streams, "direct-put"),
      port: options.firehosePort ?? 0,
      accountId: where.accountId,
    });
    started.defer(() => directPut.close());

    const database = await DuckDBInstance.create(":memory:", { temp_directory: state.scratch });
    started.defer(() => database.closeSync());

    const deliveries = new Map<string, RunningDelivery>();
    const journalOf = ({ name, streamName }: DeliveryConfiguration) => {
      const journal =
        streamName === undefined ? directPut.journals.get(name) : streams.journals.get(streamName);
      if (journal === undefined) throw new Error(`Stream "${streamName ?? name}" does not run.`);
      return journal;
    };
    const removeDelivered = (journal: Journal) => {
      const readers = [...deliveries.values()].filter(
        ({ configuration }) => journalOf(configuration) === journal,
      );
      return journal.removeBefore(Math.min(...readers.map((reader) => reader.releasedPosition)));
    };
    for (const configuration of configurations) {
      const { name } = configuration;
      const journal = journalOf(configuration);
      const connection = await database.connect();
      started.defer(() => connection.closeSync());
      const trouble = (error: Error) => tell(`delivery ${name}: ${error.message}; it is tried again`);
      const delivery = await RunningDelivery.open({
        configuration,
        journal,
        store: objects,
        connection,
        folder: state.deliveries,
        onDelivered: () => {
          removeDelivered(journal).catch(trouble);
        },
        onTrouble: trouble,
      });
      deliveries.set(name, delivery);
    }
    // Only now: the checkpoints have brought into place what a killed emulator had committed.
    await objects.removeIncoming();
    for (const [name, delivery] of deliveries) {
      delivery.start();
      delivery.finished().catch((error: Error) => tell(`delivery ${name} ended: ${error.message}`));
      started.defer(() => delivery.close());
    }
    started.defer(() => streams.stopAccepting());
    started.defer(() => directPut.stopAccepting());
    const apiGateway = await startApiGateway(plan, {
      port: options.httpPort ?? 0,
      kinesisEndpoint: streams.endpoint,
      authorizer: createAuthorizer(plan),
      onRefused: (reason) => tell(`API Gateway: ${reason}`),
    });
    started.defer(() => apiGateway.close());

    const deliveryOf = (name: string): RunningDelivery => {
      const delivery = deliveries.get(name);
      if (delivery !== undefined) return delivery;
      throw new Error(
        `The plan declares no delivery stream "${name}". It declares ${[...deliveries.keys()].join(", ")}.`,
      );
    };
    const running = started.move();
    return {
      kinesisEndpoint: streams.endpoint,
      ...(directPut.endpoint !== undefined && { firehoseEndpoint: directPut.endpoint }),
      apis: apiGateway.apis,
      region: where.region,
      stack: stackOf(plan.deployment.resources[0]?.urn ?? ""),
      deliveryStreams: configurations.map(({ name, streamName, destination, conversion }) => ({
        name,
        ...(streamName !== undefined && { streamName }),
        bucket: destination.bucket,
        ...(conversion && {
          databaseName: conversion.dataCatalogTable.databaseName,
          tableName: conversion.dataCatalogTable.tableName,
        }),
      })),
      objects,
      counts: (name) => deliveryOf(name).counts,
      waitUntilDelivered: async (name, wanted) => deliveryOf(name).waitUntilDelivered(wanted),
      unref: () => {
        streams.unref();
        directPut.unref();
        apiGateway.unref();
      },
      close: () => running.disposeAsync(),
    };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

/** A delivery stream, and its backup, whose buffers wait no longer than that; absent: as long as is declared. */
function deliveredWithin(
  seconds: number = Infinity,
  { destination, backup, ...declared }: DeliveryConfiguration,
): DeliveryConfiguration {
  const sooner = (to: Destination): Destination => ({
    ...to,
    bufferingIntervalSeconds: Math.min(to.bufferingIntervalSeconds, seconds),
  });
  return { ...declared, destination: sooner(destination), ...(backup && { backup: sooner(backup) }) };
}

/** Region and account of the plan's delivery streams, as their ARNs name them. */
function whereOf(plan: DeploymentDocument): { region: string; accountId: string } {
  const [deliveryStream] = resourcesOfType(plan, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
  const { kinesisSourceConfiguration: source, extendedS3Configuration: s3 } = (deliveryStream?.inputs ??
    {}) as {
    kinesisSourceConfiguration?: { kinesisStreamArn?: string };
    extendedS3Configuration?: { roleArn?: string };
  };
  const [, , , region, accountId] = source?.kinesisStreamArn?.split(":") ?? [];
  if (region && accountId) return { region, accountId };
  return {
    region: deliveryStream ? regionOf(plan, deliveryStream) : "us-east-1",
    accountId: s3?.roleArn?.split(":")[4] ?? "000000000000",
  };
}
