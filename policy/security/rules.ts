import type { Rule } from "../rule/rule.ts";
import { kinesisEncryption } from "./rules/kinesis-encryption.ts";
import { s3PublicAccessBlock } from "./rules/s3-public-access-block.ts";

export const securityRules: readonly Rule[] = [kinesisEncryption, s3PublicAccessBlock];
