import { defineResourceRule } from "../../authoring/define-rule.ts";
import { bucket, bucketAcl, bucketOwnershipControls } from "../../authoring/resource-types.ts";
import { isSet } from "../../authoring/unknown.ts";

interface Owning {
  acl?: string;
  rule?: { objectOwnership?: string };
}

export const s3AclsDisabled = defineResourceRule<Owning>()({
  name: "s3-acls-disabled",
  description: "Access to objects is decided by policies alone: ACLs are off.",
  why: "With ACLs on, whoever uploads an object decides who reads it, and no policy shows it.",
  level: "mandatory",
  severity: "medium",
  framework: { name: "AWS FSBP", reference: "S3.12" },
  tags: ["security", "s3"],
  types: [...bucketOwnershipControls, ...bucketAcl, ...bucket],
  remediationSteps: [
    "Set `objectOwnership` to BucketOwnerEnforced.",
    "Remove ACLs: with BucketOwnerEnforced AWS refuses them.",
  ],
  config: {},
  checks: [
    ({ props, resource, violation }) => {
      if (!bucketOwnershipControls.includes(resource.type as (typeof bucketOwnershipControls)[number]))
        return;
      const ownership = props.rule?.objectOwnership ?? "unset";
      if (ownership !== "BucketOwnerEnforced")
        violation(`objectOwnership is ${ownership}; use BucketOwnerEnforced`);
    },
    ({ resource, violation }) => {
      if (bucketAcl.includes(resource.type)) violation("the resource declares an ACL");
    },
    ({ resource, props, violation }) => {
      if (!bucket.includes(resource.type)) return;
      // "private" is what a bucket has without an ACL, and what older providers fill in.
      if (isSet(props, "acl") && props.acl !== "private") violation("acl is set");
    },
    ({ resource, props, violation }) => {
      if (bucket.includes(resource.type) && isSet(props, "grants")) violation("grants is set");
    },
  ],
});
