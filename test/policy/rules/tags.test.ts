import { costTagsConsistent } from "../../../policy/cost/rules/cost-tags-consistent.ts";
import { requiredTags } from "../../../policy/cost/rules/required-tags.ts";
import { absent } from "../edits.ts";
import { bucket, companion, stream, workgroup } from "../fixtures.ts";
import { describeRule } from "../rule-suite.ts";

describe("Tag rules", () => {
  describeRule({
    rule: requiredTags,
    compliant: { stream },
    passing: {
      "tags that the provider adds": {
        edits: { "stream/props/tagsAll": stream.props["tags"], "stream/props/tags": absent },
      },
      "a type that takes no tags": { edits: { stream: { ...companion("bucketVersioning", {}) } } },
      "a type that the configuration exempts": {
        edits: { "stream/props/tags": absent },
        config: { exemptTypes: [stream.type] },
      },
      "values that match": {
        config: { tags: { owner: { values: ["data"] }, "cost-center": { pattern: "^\\d{4}$" } } },
      },
    },
    failing: {
      "a tag that is missing": {
        edits: { "stream/props/tags/owner": absent },
        says: /the tag owner is missing/,
      },
      "a tag that is empty": { edits: { "stream/props/tags/owner": "" }, says: /the tag owner is empty/ },
      "no tags at all": {
        config: { tags: { team: {} } },
        edits: { "stream/props/tags": absent },
        says: /the tag team is missing/,
      },
      "another value": { config: { tags: { environment: { values: ["dev"] } } }, says: /none of dev/ },
      "a value that does not match": {
        config: { tags: { "cost-center": { pattern: "^K" } } },
        says: /does not match \^K/,
      },
      "a type that only the provider knows to take tags": {
        config: { tags: { team: {} } },
        edits: { "stream/type": "aws:new/thing:Thing", "stream/props": { tagsAll: {} } },
        says: /the tag team is missing/,
        presenceOnly: true,
      },
    },
  });

  describeRule({
    rule: costTagsConsistent,
    compliant: { stream, workgroup, bucket },
    failing: {
      "another value than most": {
        edits: { "stream/props/tags/cost-center": "0815" },
        says: /^stream: the tag cost-center differs/,
      },
      "another spelling of the key": {
        edits: { "stream/props/tags/CostCenter": "4711" },
        says: /CostCenter is another spelling of cost-center/,
        presenceOnly: true,
      },
      "a key that AWS keeps for itself": {
        edits: { "stream/props/tags/aws:team": "x" },
        says: /begins with aws:/,
        presenceOnly: true,
      },
      "a key that the configuration names": {
        config: { keys: ["pipeline"] },
        edits: { "bucket/props/tags/pipeline": "x" },
        says: /^bucket: the tag pipeline/,
      },
    },
  });
});
