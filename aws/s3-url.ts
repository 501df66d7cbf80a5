/** Bucket and key, or prefix, of `s3://bucket/key`. @returns undefined when the text is no such URL. */
export function parseS3Url(url: string): { bucket: string; key: string } | undefined {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(url) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

/** Bucket and key of `s3://bucket/key`. @throws {Error} when it is no such URL. */
export function partsOfS3Url(url: string): { bucket: string; key: string } {
  const parts = parseS3Url(url);
  if (parts) return parts;
  throw new Error(`"${url}" is no S3 location: expected s3://bucket/key.`);
}
