import type { Unwrap } from "@pulumi/pulumi";
import type { athena } from "@pulumi/aws";

export type Workgroup = Unwrap<athena.WorkgroupArgs>;
export type NamedQuery = Unwrap<athena.NamedQueryArgs>;
