import type { Unwrap } from "@pulumi/pulumi";
import type { glue } from "@pulumi/aws";
import { bucketOfArn } from "../../../aws/arn.ts";
import { defineStackRule, type StackCase } from "../../authoring/define-rule.ts";
import {
  convertsFormat,
  staticPart,
  type DeliveryStream,
  type ExtendedS3,
} from "../../authoring/firehose.ts";
import { s3Location, skeleton } from "../../authoring/prefix.ts";
import { deliveryStream, glueTable } from "../../authoring/resource-types.ts";
import type { EvaluatedResource } from "../../authoring/rule.ts";
import { isUnknown } from "../../authoring/unknown.ts";

type Table = Unwrap<glue.CatalogTableArgs> & { region?: string };

export const firehoseGlueConsistency = defineStackRule({
  name: "firehose-glue-consistency",
  description: "A delivery stream writes where the table that it converts by reads.",
  why: "A prefix that the table's location or projection does not match gives no error, neither at the deployment nor at a query: the query finds no rows.",
  level: "advisory",
  severity: "high",
  framework: {
    name: "AWS documentation",
    reference: "Athena: partition projection with Amazon Data Firehose",
  },
  tags: ["reliability", "firehose", "glue", "athena"],
  types: [deliveryStream, glueTable],
  remediationSteps: [
    "Derive the prefix, the table's `location` and `storage.location.template` from one place.",
    "Give `projection.<column>.format` the pattern of the prefix's timestamp.",
  ],
  config: {},
  check: (stack) => {
    const tables = stack.resources.filter(({ type }) => type === glueTable);
    const byUrn = new Map(tables.map((table) => [table.urn, table]));
    const streams = stack.resources.filter(({ type }) => type === deliveryStream);
    stack.each(streams, (stream) => {
      const s3 = (stream.props as unknown as DeliveryStream).extendedS3Configuration;
      if (!s3 || !convertsFormat(s3)) return;
      const table = tableOf(stream, s3, tables, byUrn);
      // A table of another stack cannot be evaluated from here.
      if (table) compare(stack, stream, s3, table.props as unknown as Table);
    });
  },
});

function tableOf(
  stream: EvaluatedResource,
  s3: ExtendedS3,
  tables: readonly EvaluatedResource[],
  byUrn: ReadonlyMap<string, EvaluatedResource>,
): EvaluatedResource | undefined {
  const sources = stream.propertyDependencies["extendedS3Configuration"] ?? [];
  const linked = sources.flatMap(({ urn }) => byUrn.get(urn) ?? []);
  if (linked.length === 1) return linked[0];
  const schema = s3.dataFormatConversionConfiguration?.schemaConfiguration;
  return tables.find(
    ({ props }) =>
      !isUnknown(props, "name") &&
      props["name"] === schema?.tableName &&
      props["databaseName"] === schema?.databaseName,
  );
}

function compare(stack: StackCase<object>, stream: EvaluatedResource, s3: ExtendedS3, table: Table): void {
  const violation = (message: string) => stack.violation(stream, message);
  const alone = (evaluate: () => void) => stack.each([stream], evaluate);
  const prefix = s3.prefix ?? "";
  const bucketOf = () => bucketOfArn(s3.bucketArn);

  alone(() => {
    const read = s3Location(table.storageDescriptor?.location ?? "");
    if (read && read.bucket !== bucketOf())
      violation(`the table reads the bucket ${read.bucket}, not the one written`);
  });
  alone(() => {
    const read = s3Location(table.storageDescriptor?.location ?? "");
    if (read && !staticPart(prefix).startsWith(read.folder)) {
      violation(`the table reads "${read.folder}", the prefix begins with "${staticPart(prefix)}"`);
    }
  });
  alone(() => {
    const template = table.parameters?.["storage.location.template"];
    if (template === undefined) return;
    const read = skeleton(template.replace(/^s3:\/\/[^/]+\//, ""));
    if (read !== skeleton(prefix))
      violation(`storage.location.template reads "${read}", the prefix writes "${skeleton(prefix)}"`);
  });
  alone(() => {
    const patterns = [...prefix.matchAll(/!\{timestamp:([^}]*)\}/g)].map(([, pattern]) => pattern);
    const keys = (table.partitionKeys ?? []).map(({ name }) => name);
    const format = keys.length === 1 ? table.parameters?.[`projection.${keys[0]}.format`] : undefined;
    if (patterns.length === 1 && format !== undefined && format !== patterns[0]) {
      violation(`projection.${keys[0]}.format is ${format}, the prefix writes ${patterns[0]}`);
    }
  });
  alone(() => {
    const region = s3.dataFormatConversionConfiguration?.schemaConfiguration?.region;
    if (region !== undefined && table.region !== undefined && region !== table.region) {
      violation(`schemaConfiguration.region is ${region}, the table is in ${table.region}`);
    }
  });
}
