import type * as pulumi from "@pulumi/pulumi";
import type { Names } from "../names.ts";
import type { Settings } from "../settings.ts";

/** What every part of a pipeline is given. */
export interface PartArgs {
  /** Names and ARNs of the whole pipeline. */
  names: pulumi.Output<Names>;
  /** Tags for whatever takes tags. */
  tags: Record<string, string>;
}

/** Options of a child that holds data: Pulumi refuses to delete it where the settings say so. */
export function stateful(
  settings: Pick<Settings, "protect">,
  parent: pulumi.Resource,
): pulumi.CustomResourceOptions {
  return settings.protect ? { parent, protect: true } : { parent };
}
