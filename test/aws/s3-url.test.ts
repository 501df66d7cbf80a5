import assert from "node:assert/strict";
import { parseS3Url, partsOfS3Url } from "../../aws/s3-url.ts";

describe("an S3 URL", () => {
  for (const [url, bucket, key] of [
    ["s3://lake/data/a=1/", "lake", "data/a=1/"],
    ["s3://lake/", "lake", ""],
    ["s3://lake", "lake", ""],
    ["s3://lake/a\nb", "lake", "a\nb"],
  ] as const) {
    it(`${JSON.stringify(url)} has a bucket and a key`, () =>
      assert.deepEqual(partsOfS3Url(url), { bucket, key }));
  }

  for (const text of ["", "lake/data", "https://lake/data", "s3:///data"]) {
    it(`"${text}" is none`, () => {
      assert.equal(parseS3Url(text), undefined);
      assert.throws(() => partsOfS3Url(text), /is no S3 location: expected s3:\/\/bucket\/key/);
    });
  }
});
