import type * as Messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import { messages, struct } from "./analyzer.ts";
import type { SentResource } from "./sent-resource.ts";

/** What the engine sends for one resource, before it is created or updated; made once for all packs. */
export const analyzeRequest = onceForEach((resource: SentResource): Messages.AnalyzeRequest => {
  const request = new messages.AnalyzeRequest();
  request.setType(resource.type).setUrn(resource.urn).setName(resource.name);
  request.setProperties(struct(resource.inputs)).setOptions(optionsOf(resource));
  const provider = providerOf(resource);
  return provider ? request.setProvider(provider) : request;
});

/** What the engine sends for each resource at the end, with its outputs; made once for all packs. */
export const stackResource = onceForEach((resource: SentResource): Messages.AnalyzerResource => {
  const message = new messages.AnalyzerResource();
  message.setType(resource.type).setUrn(resource.urn).setName(resource.name).setParent(resource.parent);
  message.setProperties(struct(resource.outputs)).setOptions(optionsOf(resource));
  message.setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    const dependencies = new messages.AnalyzerPropertyDependencies();
    message.getPropertydependenciesMap().set(property, dependencies.setUrnsList([...urns]));
  }
  const provider = providerOf(resource);
  return provider ? message.setProvider(provider) : message;
});

function onceForEach<Message>(
  make: (resource: SentResource) => Message,
): (resource: SentResource) => Message {
  const made = new WeakMap<SentResource, Message>();
  return (resource) => {
    let message = made.get(resource);
    if (message === undefined) made.set(resource, (message = make(resource)));
    return message;
  };
}

/** Without options the SDK says that the CLI is too old. */
function optionsOf({ protect, parent }: SentResource): Messages.AnalyzerResourceOptions {
  return new messages.AnalyzerResourceOptions().setProtect(protect).setParent(parent);
}

function providerOf({ provider }: SentResource): Messages.AnalyzerProviderResource | undefined {
  if (!provider) return undefined;
  const message = new messages.AnalyzerProviderResource();
  message.setType(provider.type).setUrn(provider.urn).setName(provider.name);
  return message.setProperties(struct(provider.inputs));
}
