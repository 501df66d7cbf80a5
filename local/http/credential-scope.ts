import type { IncomingMessage } from "node:http";

/** Who signed a request and for which region (Signature Version 4). Nothing is checked; empty where it is not signed. */
export function credentialScope({ headers }: Pick<IncomingMessage, "headers">): {
  accessKeyId: string;
  region: string;
} {
  const [, accessKeyId = "", region = ""] =
    /Credential=([^/,\s]+)\/\d+\/([^/,\s]+)\//.exec(headers.authorization ?? "") ?? [];
  return { accessKeyId, region };
}

/** The header of a call from inside of the emulator: a region, and a signature that nobody checks. */
export function signedFor(region: string, service: string): { authorization: string; "x-amz-date": string } {
  return {
    "x-amz-date": "20260101T000000Z",
    authorization: `AWS4-HMAC-SHA256 Credential=emulator/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  };
}
