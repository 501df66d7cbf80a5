import { parseDeployedQuery } from "../athena/named-query/header.ts";
import type { NamedQuery } from "../athena/named-query/named-query.ts";
import { nameOf, type DeploymentDocument, type PlannedResource } from "../plan/deployment.ts";
import { resourcesOfType } from "../plan/resources.ts";
import type { Dataset } from "../schema/dataset.ts";
import { datasetOfTable, type TableDescription } from "../schema/table-parameters.ts";
import { PipelineError, pipelineSchema, pipelineType, type Pipeline } from "./pipeline.ts";

/** A pipeline with all that a plan says of it. */
export interface DeclaredPipeline extends Pipeline {
  readonly declared: {
    /** What its table says flows there. */
    readonly dataset: Dataset;
    /** The named queries of its workgroup, in the order of their declaration. */
    readonly queries: readonly NamedQuery[];
  };
}

/**
 * The pipelines of a deployment document, in the order of their declaration: a plan's, or those of `pulumi stack export`.
 * Whether the program exports them, and inside of which component they stand, does not matter.
 * @throws {PipelineError} when two have one name, or one's outputs are missing.
 */
export function pipelinesOf(document: DeploymentDocument): Pipeline[] {
  const pipelines = resourcesOfType(document, pipelineType).map(pipelineOf);
  const names = pipelines.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return pipelines;
  throw new PipelineError(`two pipelines are called "${twice}". Give each a name of its own.`, 1);
}

function pipelineOf({ urn, outputs }: PlannedResource): Pipeline {
  const parsed = pipelineSchema.safeParse({ name: nameOf(urn), ...outputs });
  if (parsed.success) return parsed.data;
  const lacking = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new PipelineError(
    `the pipeline "${nameOf(urn)}" has no ${lacking}: it was not deployed to its end.`,
    1,
  );
}

/**
 * The pipelines that a plan declares, with their datasets and queries.
 * @throws {PipelineError} when there is none, or two have one name.
 * @throws {TableParametersError} when a table's parameters do not say which dataset it holds.
 */
export function declaredPipelines(plan: DeploymentDocument): DeclaredPipeline[] {
  const pipelines = pipelinesOf(plan);
  if (pipelines.length === 0) {
    throw new PipelineError(
      "the program declares no pipeline. Declare one: new EventPipeline(name, { dataset, ... }).",
      1,
    );
  }
  return pipelines.map((pipeline) => {
    const dataset = datasetOfTable(tableOf(plan, pipeline));
    return { ...pipeline, declared: { dataset, queries: queriesOf(plan, pipeline) } };
  });
}

function tableOf(plan: DeploymentDocument, { name, databaseName, tableName }: Pipeline): TableDescription {
  const table = resourcesOfType(plan, "aws:glue/catalogTable:CatalogTable").find(
    ({ inputs }) => inputs["databaseName"] === databaseName && inputs["name"] === tableName,
  );
  if (!table) throw new PipelineError(`the pipeline "${name}" has no table ${databaseName}.${tableName}.`, 1);
  const { storageDescriptor, parameters } = table.inputs as {
    storageDescriptor?: { columns?: TableDescription["columns"] };
    parameters?: TableDescription["parameters"];
  };
  return { name: tableName, columns: storageDescriptor?.columns ?? [], parameters: parameters ?? {} };
}

function queriesOf(plan: DeploymentDocument, { dataset, workgroupName }: Pipeline): NamedQuery[] {
  return resourcesOfType(plan, "aws:athena/namedQuery:NamedQuery")
    .filter(({ inputs }) => inputs["workgroup"] === workgroupName)
    .map(({ inputs }) => {
      const { name = "", description = "", query = "" } = inputs as Record<string, string>;
      return parseDeployedQuery(workgroupName, dataset, { name, description, sql: query });
    });
}
