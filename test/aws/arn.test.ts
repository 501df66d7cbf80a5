import assert from "node:assert/strict";
import fc from "fast-check";
import {
  accountOfPrincipal,
  arnOf,
  bucketOfArn,
  completeArnPattern,
  parseArn,
  partsOfArn,
} from "../../aws/arn.ts";

describe("an ARN", () => {
  it("taken apart and built again is the same, colons of the resource included", () => {
    const part = fc.stringMatching(/^[a-z0-9-]+$/);
    const parts = fc.record(
      {
        partition: part,
        service: part,
        region: fc.oneof(part, fc.constant("")),
        account: fc.oneof(part, fc.constant("")),
        resource: fc.stringMatching(/^[a-z0-9:/*]+$/),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(parts, (given) =>
        assert.deepEqual(parseArn(arnOf(given.service, given.resource, given)), given),
      ),
    );
  });

  for (const text of ["", "*", "clicks", "arn:aws:s3", "arn:aws:s3:::", "urn:a:b:c:d:e", "arn::s3:::b"]) {
    it(`"${text}" is none`, () => {
      assert.equal(parseArn(text), undefined);
      assert.throws(() => partsOfArn(text), new RegExp(`"${text.replace("*", "\\*")}" is no ARN: expected`));
    });
  }

  it("of a bucket or an object names the bucket, another one none", () => {
    assert.equal(bucketOfArn("arn:aws:s3:::lake"), "lake");
    assert.equal(bucketOfArn("arn:aws-cn:s3:::lake/data/a:b\nc"), "lake");
    assert.equal(bucketOfArn("arn:aws:s3:eu-central-1:123456789012:accesspoint/a"), undefined);
    assert.equal(bucketOfArn("arn:aws:sns:::lake"), undefined);
    assert.equal(bucketOfArn("lake"), undefined);
  });

  it("of a principal names its account; an account names itself", () => {
    assert.equal(accountOfPrincipal("arn:aws:iam::123456789012:root"), "123456789012");
    assert.equal(accountOfPrincipal("123456789012"), "123456789012");
  });

  it("as a pattern of fewer than six parts covers all that could follow", () => {
    assert.equal(completeArnPattern("arn:aws:sqs"), "arn:aws:sqs:*:*:*");
    assert.equal(completeArnPattern("arn:aws:s3:::b"), "arn:aws:s3:::b");
  });
});
