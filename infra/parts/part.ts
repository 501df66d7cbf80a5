import type * as pulumi from "@pulumi/pulumi";
import type { Names } from "../names.ts";

/** What every part of a pipeline is given. */
export interface PartArgs {
  /** Names and ARNs of the whole pipeline. */
  names: pulumi.Output<Names>;
  /** Tags for whatever takes tags. */
  tags: Record<string, string>;
}
