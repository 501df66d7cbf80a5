import type { Rule } from "../rule/rule.ts";
import { firehoseS3Compression } from "./rules/firehose-s3-compression.ts";

export const costRules: readonly Rule[] = [firehoseS3Compression];
