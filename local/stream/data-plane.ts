import type { ControlPlane } from "./control-plane.ts";
import type { Journal } from "./journal.ts";
import { AwsApiError } from "../http/aws-json.ts";
import { regionMeant, type Regional } from "../regional.ts";
import { recordOf, recordsOf } from "./put-records.ts";
import { getRecords, shardIterator, streamOfIterator, type ShardIteratorRequest } from "./read-records.ts";
import type { ShardMap } from "./shard-map.ts";

const actions = ["PutRecord", "PutRecords", "GetShardIterator", "GetRecords", "SubscribeToShard"] as const;
type DataPlaneAction = (typeof actions)[number];

/** Whether an action of the Kinesis API is about records, not about streams. */
export function isDataPlaneAction(action: string): action is DataPlaneAction {
  return (actions as readonly string[]).includes(action);
}

/** The calls of the Kinesis API that are about records. */
export class DataPlane {
  readonly #controlPlaneOf: (region: string) => ControlPlane;
  readonly #journals: Regional<Journal>;
  /** By region and name. */
  readonly #shardMaps = new Map<string, Promise<ShardMap>>();

  constructor(controlPlaneOf: (region: string) => ControlPlane, journals: Regional<Journal>) {
    this.#controlPlaneOf = controlPlaneOf;
    this.#journals = journals;
  }

  /** To be called when a stream may have got other shards. */
  forgetShards(): void {
    this.#shardMaps.clear();
  }

  /** @param signed the region that the request is signed for. @throws {AwsApiError} what AWS would answer. */
  async call(action: DataPlaneAction, request: Record<string, unknown>, signed: string): Promise<unknown> {
    const region = regionMeant(this.#journals.regions, signed);
    switch (action) {
      case "PutRecords": {
        const { journal, shards } = await this.#streamOf(request, region);
        const records = recordsOf(request["Records"], shards, Date.now());
        await journal.append(records);
        return {
          EncryptionType: "NONE",
          FailedRecordCount: 0,
          Records: records.map(({ sequenceNumber, shardId }) => ({
            SequenceNumber: sequenceNumber,
            ShardId: shardId,
          })),
        };
      }
      case "PutRecord": {
        const { journal, shards } = await this.#streamOf(request, region);
        const record = recordOf(request, "record", shards, Date.now());
        await journal.append([record]);
        return { EncryptionType: "NONE", SequenceNumber: record.sequenceNumber, ShardId: record.shardId };
      }
      case "GetShardIterator": {
        const { name, journal, shards } = await this.#streamOf(request, region);
        const { ShardId } = request;
        if (!shards.shards.some(({ shardId }) => shardId === ShardId)) {
          throw new AwsApiError(
            "ResourceNotFoundException",
            `Shard ${String(ShardId)} in stream ${name} does not exist`,
          );
        }
        const iterator = await shardIterator(name, journal, request as unknown as ShardIteratorRequest);
        return { ShardIterator: iterator };
      }
      case "GetRecords": {
        const { ShardIterator, Limit } = request as { ShardIterator?: string; Limit?: number };
        const name = streamOfIterator(ShardIterator ?? "");
        return getRecords(this.#journalOf(name, region), ShardIterator ?? "", Limit);
      }
      case "SubscribeToShard":
        throw new AwsApiError(
          "InvalidArgumentException",
          "The emulator has no enhanced fan-out. Read with GetRecords.",
        );
    }
  }

  async #streamOf(
    request: Record<string, unknown>,
    region: string,
  ): Promise<{ name: string; journal: Journal; shards: ShardMap }> {
    const { StreamName, StreamARN } = request as { StreamName?: string; StreamARN?: string };
    const name = StreamName ?? StreamARN?.slice(StreamARN.indexOf("/") + 1) ?? "";
    const key = `${region}/${name}`;
    let shards = this.#shardMaps.get(key);
    if (shards === undefined) {
      shards = this.#controlPlaneOf(region).shardMap(
        StreamName !== undefined ? { StreamName } : { StreamARN: StreamARN ?? "" },
      );
      this.#shardMaps.set(key, shards);
      shards.catch(() => this.#shardMaps.delete(key));
    }
    return { name, shards: await shards, journal: this.#journalOf(name, region) };
  }

  #journalOf(name: string, region: string): Journal {
    const journal = this.#journals.get(region, name);
    if (journal !== undefined) return journal;
    throw new AwsApiError(
      "ResourceNotFoundException",
      `Stream ${name} is not declared in the plan of this emulator, in region ${region || "(the call is not signed)"}.`,
    );
  }
}
