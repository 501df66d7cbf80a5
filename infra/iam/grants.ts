import type { Names } from "../names.ts";
import { analystKeyUse, analystPolicy } from "./analyst.ts";
import { encryptOnStream, putOnStream } from "./http-ingest.ts";
import type { Statement } from "./policy-document.ts";
import { putOnDeliveryStream } from "./sources.ts";

/** What a grant allows, the key's use apart: its ARN is unknown in a first preview (docs/decisions/0004). */
export interface Grant {
  readonly access: Statement[];
  /** Empty where the grant needs no key. */
  readonly keyUse: (keyArn: string) => Statement[];
}

/**
 * What a sender may do: put records, and nothing else. Both actions of the API, because they are one right: the producer
 * calls the one for many records, other senders the one for one. No action lists shards or streams: the producer calls none.
 * @param hasStream whether events go on the stream; else they go to Firehose, which encrypts by a grant of its own on the
 *   key (Firehose guide, "Data protection"), so that its callers need no key.
 */
export function sendGrant(names: Names, hasStream: boolean): Grant {
  if (!hasStream) {
    return {
      access: putOnDeliveryStream(names, ["firehose:PutRecord", "firehose:PutRecordBatch"]),
      keyUse: () => [],
    };
  }
  return {
    access: putOnStream(names, ["kinesis:PutRecord", "kinesis:PutRecords"]),
    keyUse: (keyArn) => encryptOnStream(keyArn, names),
  };
}

/** What an analyst may do: queries in the pipeline's workgroup. @param dataFolder where the table's objects lie. */
export function queryGrant(names: Names, dataFolder: string): Grant {
  return {
    access: analystPolicy(names, dataFolder),
    keyUse: (keyArn) => analystKeyUse(keyArn, names),
  };
}
