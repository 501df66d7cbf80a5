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
      propertyDependencies: dependenciesOf(resource),
      ...(provider && {
        provider: {
          type: provider.type,
          urn: provider.urn,
          name: nameOf(provider.urn),
          inputs: values.properties(provider.inputs),
        },
      }),
    };
  });
  return { resources, secrets: values.secrets };
}

/** Of every input, as the engine keeps them; an imported resource's state names none. */
function dependenciesOf({ inputs, propertyDependencies }: PlannedResource): Record<string, string[]> {
  // Not what the provider adds: it lists that under __defaults.
  const defaults = inputs["__defaults"];
  const added = new Set(["__defaults", ...(Array.isArray(defaults) ? (defaults as unknown[]) : [])]);
  const own = Object.keys(inputs).filter((key) => !added.has(key));
  return {
    ...Object.fromEntries(own.map((key) => [key, []])),
    ...Object.fromEntries(Object.entries(propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []])),
  };
}
