import { nameOf, type DeploymentDocument, type PlannedResource } from "../../plan/deployment.ts";
import { WireValues } from "./wire-values.ts";
import type { SentResource } from "./sent-resource.ts";

export interface SentDocument {
  readonly resources: readonly SentResource[];
  /** The text of secrets in the document, to be kept out of messages. */
  readonly secrets: ReadonlySet<string>;
}

/** Members of a state that a plan does not have. */
interface StoredResource extends PlannedResource {
  /** Replaced already and waiting for its deletion. */
  delete?: boolean;
  /** Read by the program and managed elsewhere. */
  external?: boolean;
}

/** The resources of a deployment document that its program manages, as the engine would send them. */
export function sendDocument(document: DeploymentDocument): SentDocument {
  const values = new WireValues();
  const stored = document.deployment.resources as StoredResource[];
  const managed = stored.filter((resource) => resource.delete !== true && resource.external !== true);
  const byUrn = new Map(managed.map((resource) => [resource.urn, resource]));
  const resources = managed.map((resource) => {
    const provider = byUrn.get(resource.provider?.slice(0, resource.provider.lastIndexOf("::")) ?? "");
    return {
      urn: resource.urn,
      type: resource.type,
      name: nameOf(resource.urn),
      inputs: values.properties(resource.inputs),
      outputs: values.properties(resource.outputs),
      parent: resource.parent ?? "",
      protect: resource.protect === true,
      dependencies: resource.dependencies ?? [],
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []]),
      ),
      ...(provider && {
        provider: {
          type: provider.type,
          urn: provider.urn,
          name: nameOf(provider.urn),
          inputs: values.properties(provider.inputs),
        },
      }),
      ...(resource.sourcePosition !== undefined && { sourcePosition: resource.sourcePosition }),
    };
  });
  return { resources, secrets: values.secrets };
}
