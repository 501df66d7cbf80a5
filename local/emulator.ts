import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AsyncDisposableStack } from "../needs/disposable-stack.ts";
import { stackOf, type DeploymentDocument } from "../plan/deployment.ts";
import { startApiGateway, type ServedApi } from "./api-gateway/api-gateway.ts";
import { declaredDeliveries } from "./delivery/declared-deliveries.ts";
import { refuseDeniedCalls } from "./delivery/denied-calls.ts";
import type { DeliveryCounts } from "./delivery/delivery-progress.ts";
import type { DeliveryConfiguration } from "./delivery/delivery-configuration.ts";
import { RunningDelivery } from "./delivery/running-delivery.ts";
import { startDirectPut } from "./direct-put/direct-put.ts";
import { DeploymentError } from "./deployment-error.ts";
import { DuckDBInstance } from "./duckdb.ts";
import { createAuthorizer } from "./iam/authorizer.ts";
import { Regional } from "./regional.ts";
import type { PortChoice } from "./http/loopback-server.ts";
import type { Buffered } from "./delivery/delivery-loop.ts";
import { shortened } from "./delivery/shortened.ts";
import { ObjectStore } from "./lake/object-store.ts";
import { openStateFolder } from "./state/state-folder.ts";
import type { Journal } from "./stream/journal.ts";
import { startStreams } from "./stream/streams.ts";

export interface EmulatorOptions {
  /** Where the emulator keeps what outlives it, such as `.sluice/local`. One emulator at a time. */
  readonly stateFolder: string;
  /** Port of the Kinesis API on 127.0.0.1. Default: a free one. */
  readonly kinesisPort?: PortChoice | undefined;
  /** Port of the Firehose API on 127.0.0.1, where one is declared. Default: a free one. */
  readonly firehosePort?: PortChoice | undefined;
  /** Port of the declared REST APIs on 127.0.0.1. Default: a free one. */
  readonly httpPort?: PortChoice | undefined;
  /**
   * Delivery streams that are declared to gather events for longer deliver after this many seconds: what Firehose would do
   * in five minutes can be seen at once. The plan stays as it is. 0 or more. Default: each gathers as it is declared.
   */
  readonly bufferingIntervalSeconds?: number | undefined;
  /** Told what the emulator does, in one line each. */
  readonly onProgress?: ((line: string) => void) | undefined;
}

/** A plan that runs on this machine. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`: the Kinesis API. */
  readonly kinesisEndpoint: string;
  /** `http://127.0.0.1:PORT`: the Firehose API, where a delivery stream's source is Direct PUT; else absent. */
  readonly firehoseEndpoint?: string;
  /** The declared REST APIs, and where each is served. */
  readonly apis: readonly ServedApi[];
  /** The region of the first delivery stream. Where a plan has several a client signs for the one that it means. */
  readonly region: string;
  readonly stack: string;
  readonly deliveryStreams: readonly DeliveryStreamSummary[];
  /** The declared buckets. */
  readonly objects: ObjectStore;
  /**
   * What a delivery stream delivered since the emulator started.
   * @param region needed only where delivery streams of several regions have one name; so for the other methods.
   * @throws {Error} when it is not declared, or in several regions.
   */
  counts(deliveryStreamName: string, region?: string): DeliveryCounts;
  /** What a delivery stream has gathered and not yet delivered. @throws {Error} as `counts`. */
  buffered(deliveryStreamName: string, region?: string): Buffered;
  /**
   * Waits until `records` records were sent since the emulator started and they are in the lake or in the error output.
   * @param options.deadlineMilliseconds how long nothing may be delivered. Default: the buffering interval and two minutes.
   * @throws {Error} saying what is missing, when that passes.
   */
  waitUntilDelivered(
    deliveryStreamName: string,
    options: { records: number; deadlineMilliseconds?: number; region?: string },
  ): Promise<void>;
  /** Lets the process end while the emulator runs, without what is buffered. The emulator's own processes end with it. */
  unref(): void;
  /** Delivers what is buffered and ends all that the emulator started. */
  close(): Promise<void>;
}

export interface DeliveryStreamSummary {
  readonly name: string;
  readonly region: string;
  /** Absent where records are put on the delivery stream itself. */
  readonly streamName?: string;
  readonly bucket: string;
  /** Of the table by which it converts; absent when it delivers records as they are. */
  readonly databaseName?: string;
  readonly tableName?: string;
  /** It delivers when it has gathered this many MiB, or for this long. */
  readonly bufferingSizeMiB: number;
  readonly bufferingIntervalSeconds: number;
  /** What the program declares; longer than the other where the emulator shortens it. */
  readonly declaredBufferingIntervalSeconds: number;
}

/**
 * Runs a plan: its streams, its delivery streams, its buckets. What the plan does not declare does not run.
 *
 * @throws {DeploymentError} what AWS would refuse at creation, or what the plan lacks.
 * @throws {Error} when the state folder is taken or of another version, or the port is taken.
 */
export async function startEmulator(plan: DeploymentDocument, options: EmulatorOptions): Promise<Emulator> {
  const tell = options.onProgress ?? (() => {});
  const configurations = declaredDeliveries(plan).map((configuration) =>
    shortened(configuration, options.bufferingIntervalSeconds ?? Infinity),
  );
  const [first] = configurations;
  if (!first) {
    throw new DeploymentError([
      "The plan declares no aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream.",
    ]);
  }

  refuseDeniedCalls(plan, configurations);

  const started = new AsyncDisposableStack();
  try {
    const state = await openStateFolder(options.stateFolder);
    started.defer(() => state.close());
    const objects = new ObjectStore(state.lake);

    const where = { region: first.region, accountId: first.accountId };
    const streams = await startStreams(plan, {
      folder: state.streams,
      port: options.kinesisPort ?? 0,
      ...where,
    });
    started.defer(() => streams.close());
    tell(`streams: ${streams.journals.names.join(", ")} at ${streams.endpoint}`);
    const directPut = await startDirectPut(configurations, {
      folder: join(state.streams, "direct-put"),
      port: options.firehosePort ?? 0,
      accountId: where.accountId,
    });
    started.defer(() => directPut.close());

    const database = await DuckDBInstance.create(":memory:", { temp_directory: state.scratch });
    started.defer(() => database.closeSync());

    const deliveries = new Regional<RunningDelivery>();
    const journalOf = ({ name, region, streamName }: DeliveryConfiguration) => {
      const journal =
        streamName === undefined
          ? directPut.journals.get(region, name)
          : streams.journals.get(region, streamName);
      if (journal === undefined) throw new Error(`Stream "${streamName ?? name}" does not run.`);
      return journal;
    };
    const removeDelivered = (journal: Journal) => {
      const readers = deliveries.values().filter(({ configuration }) => journalOf(configuration) === journal);
      return journal.removeBefore(Math.min(...readers.map((reader) => reader.releasedPosition)));
    };
    for (const configuration of configurations) {
      const { name, region } = configuration;
      const journal = journalOf(configuration);
      const folder = join(state.deliveries, region);
      await mkdir(folder, { recursive: true });
      const connection = await database.connect();
      started.defer(() => connection.closeSync());
      const trouble = (error: Error) => tell(`delivery ${name}: ${error.message}; it is tried again`);
      const delivery = await RunningDelivery.open({
        configuration,
        journal,
        store: objects,
        connection,
        folder,
        onDelivered: () => {
          removeDelivered(journal).catch(trouble);
        },
        onTrouble: trouble,
      });
      deliveries.set(region, name, delivery);
    }
    // Only now: the checkpoints have brought into place what a killed emulator had committed.
    await objects.removeIncoming();
    for (const delivery of deliveries.values()) {
      const { name } = delivery.configuration;
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

    const deliveryOf = (name: string, region?: string): RunningDelivery => {
      const regions = region === undefined ? deliveries.regions : [region];
      const [delivery, ...others] = regions.flatMap((each) => deliveries.get(each, name) ?? []);
      if (delivery !== undefined && others.length === 0) return delivery;
      throw new Error(
        delivery === undefined
          ? `The plan declares no delivery stream "${name}". It declares ${deliveries.names.join(", ")}.`
          : `The plan declares "${name}" in ${deliveries.regions.join(", ")}. Say in which region is meant.`,
      );
    };
    const running = started.move();
    return {
      kinesisEndpoint: streams.endpoint,
      ...(directPut.endpoint !== undefined && { firehoseEndpoint: directPut.endpoint }),
      apis: apiGateway.apis,
      region: where.region,
      stack: stackOf(plan.deployment.resources[0]?.urn ?? ""),
      deliveryStreams: configurations.map(({ name, region, streamName, destination, conversion }) => ({
        name,
        region,
        ...(streamName !== undefined && { streamName }),
        bucket: destination.bucket,
        ...(conversion && {
          databaseName: conversion.dataCatalogTable.databaseName,
          tableName: conversion.dataCatalogTable.tableName,
        }),
        bufferingSizeMiB: destination.bufferingSizeMiB,
        bufferingIntervalSeconds: destination.bufferingIntervalSeconds,
        declaredBufferingIntervalSeconds:
          destination.declaredIntervalSeconds ?? destination.bufferingIntervalSeconds,
      })),
      objects,
      counts: (name, region) => deliveryOf(name, region).counts,
      buffered: (name, region) => deliveryOf(name, region).buffered,
      waitUntilDelivered: async (name, { region, ...wanted }) =>
        deliveryOf(name, region).waitUntilDelivered(wanted),
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
