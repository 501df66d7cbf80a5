import * as pulumi from "@pulumi/pulumi";
import * as athena from "@pulumi/aws/athena/index.js";
import type { Settings } from "../settings.ts";
import { transformed, type Transform } from "../transform.ts";
import type { LakeBucket } from "./lake-bucket.ts";
import type { LakeTable } from "./lake-table.ts";
import type { PartArgs } from "./part.ts";

/** A query that analysts run by its name. */
export interface DeployedQuery {
  /** A name that Athena takes for a prepared statement too: letters, digits, `_ @ :`, 2-256. */
  readonly name: string;
  /** One sentence, 1024 characters at most. */
  readonly description: string;
  /** Athena SQL with `?` for each parameter, 262144 bytes at most. */
  readonly sql: string;
}

export interface QueryWorkgroupArgs extends PartArgs {
  keyArn: pulumi.Input<string>;
  results: LakeBucket;
  table: LakeTable;
  queries: readonly DeployedQuery[];
  settings: Pick<Settings, "bytesScannedCutoffPerQuery" | "forceDestroy">;
  transform?: Transform<athena.WorkgroupArgs> | undefined;
}

/** The Athena workgroup where analysts run queries: with a limit that clients can't lift, and the named queries. */
export class QueryWorkgroup extends pulumi.ComponentResource {
  readonly workgroup: athena.Workgroup;

  constructor(name: string, args: QueryWorkgroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:QueryWorkgroup", name, {}, opts);
    const { names, settings } = args;
    this.workgroup = new athena.Workgroup(
      name,
      ...transformed<athena.WorkgroupArgs>(
        args.transform,
        {
          name: names.workgroup.name,
          description: pulumi.interpolate`Questions to ${names.base}`,
          forceDestroy: settings.forceDestroy,
          configuration: {
            enforceWorkgroupConfiguration: true,
            publishCloudwatchMetricsEnabled: true,
            bytesScannedCutoffPerQuery: settings.bytesScannedCutoffPerQuery,
            engineVersion: { selectedEngineVersion: "Athena engine version 3" },
            resultConfiguration: {
              outputLocation: pulumi.interpolate`s3://${args.results.bucket.bucket}/${names.workgroup.name}/`,
              encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: args.keyArn },
            },
          },
          tags: args.tags,
        },
        { parent: this },
      ),
    );
    for (const query of args.queries) this.#deployQuery(name, args, query);
    this.registerOutputs({ workgroupName: this.workgroup.name });
  }

  /** As a named query, for the console and whoever lists them, and as a prepared statement, for parameters. */
  #deployQuery(name: string, args: QueryWorkgroupArgs, query: DeployedQuery): void {
    const child = `${name}-${query.name}`;
    new athena.NamedQuery(
      child,
      {
        name: query.name,
        description: query.description,
        database: args.table.database.name,
        query: query.sql,
        workgroup: this.workgroup.name,
      },
      { parent: this },
    );
    new athena.PreparedStatement(
      child,
      {
        name: query.name,
        description: query.description,
        queryStatement: query.sql,
        workgroup: this.workgroup.name,
      },
      { parent: this },
    );
  }
}
