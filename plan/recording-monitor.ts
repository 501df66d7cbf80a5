import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { unknownValue, type PlannedResource } from "./deployment.ts";
import { sourcePosition, type Frame } from "./source-position.ts";

/** This folder, as frames name it: its sources are ES modules, which the SDK encodes twice. */
const evaluation = encodeURI(new URL(".", import.meta.url).pathname);

/** A registration as it comes over Pulumi's resource monitor protocol (proto/pulumi/resource.proto). */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getParent(): string;
  getProtect(): boolean;
  getVersion(): string;
  getProvider(): string;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): {
    forEach(each: (deps: { getUrnsList(): string[] }, key: string) => void): void;
  };
  getSourceposition(): Frame | undefined;
  getStacktrace(): { getFramesList(): { getPc(): Frame | undefined }[] } | undefined;
}

interface OutputsRequest {
  getUrn(): string;
  getOutputs(): { toJavaScript(): Record<string, unknown> } | undefined;
}

type Callback = (error: unknown, response: { getUrn(): string } | undefined) => void;

/** Takes down all that a program registers, in place of the engine's resource monitor. */
export class RecordingMonitor extends MockMonitor {
  readonly recorded = new Map<string, PlannedResource>();
  readonly #folder: string;
  readonly #declared = new Set<string>();

  constructor(mocks: pulumi.runtime.Mocks, folder: string) {
    super(mocks);
    this.#folder = folder;
    // The mocks' URNs name the parent's type only, the engine's name the types of all ancestors but the stack.
    Object.defineProperty(this, "newUrn", { value: urnOf });
  }

  /**
   * The inputs of the provider that a resource or a call names, as `URN::id`; undefined for the default one of its package.
   */
  providerInputs(provider: string | undefined): Record<string, unknown> | undefined {
    return this.recorded.get((provider ?? "").replace(/::[^:]*$/, ""))?.inputs;
  }

  override async registerResource(request: RegisterRequest, callback: Callback): Promise<void> {
    const declared = urnOf(request.getParent(), request.getType(), request.getName());
    if (this.#declared.has(declared)) return callback(duplicate(declared), undefined);
    this.#declared.add(declared);
    await super.registerResource(request, (error, response: { getUrn(): string } | undefined) => {
      if (!error && response) this.#record(response.getUrn(), request);
      callback(error, response);
    });
  }

  override registerResourceOutputs(request: OutputsRequest, callback: Callback): void {
    const resource = this.recorded.get(request.getUrn());
    if (resource) resource.outputs = request.getOutputs()?.toJavaScript() ?? {};
    super.registerResourceOutputs(request, callback);
  }

  #record(urn: string, request: RegisterRequest): void {
    const custom = request.getCustom();
    const inputs = request.getObject()?.toJavaScript() ?? {};
    const registered = this.resources.get(urn);
    const id = registered?.id;
    const propertyDependencies: Record<string, string[]> = {};
    request.getPropertydependenciesMap().forEach((dependencies, property) => {
      propertyDependencies[property] = dependencies.getUrnsList();
    });
    const position = request.getSourceposition();
    const calls = (request.getStacktrace()?.getFramesList() ?? []).flatMap((frame) => frame.getPc() ?? []);
    const stackTrace = withoutEvaluation(calls)
      .map((call) => sourcePosition(this.#folder, call))
      .filter((call) => !isOutside(call));
    this.recorded.set(urn, {
      urn,
      custom,
      type: request.getType(),
      ...(custom && id ? { id } : {}),
      ...(request.getParent() === "" ? {} : { parent: request.getParent() }),
      inputs,
      outputs: custom ? ((registered?.state ?? {}) as Record<string, unknown>) : {},
      ...(custom ? { provider: this.#providerOf(urn, request) } : {}),
      dependencies: request.getDependenciesList(),
      propertyDependencies,
      ...(request.getProtect() ? { protect: true } : {}),
      ...(position ? { sourcePosition: sourcePosition(this.#folder, position) } : {}),
      ...(stackTrace.length > 0 ? { stackTrace: stackTrace.map((call) => ({ sourcePosition: call })) } : {}),
    });
  }

  /** The provider that the engine would use: the one given, or the package's default one, which it registers itself. */
  #providerOf(urn: string, request: RegisterRequest): string {
    if (request.getProvider() !== "") return request.getProvider();
    const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn) ?? [];
    const version = request.getVersion();
    const packageName = request.getType().split(":")[0] ?? "";
    const name = version === "" ? "default" : `default_${version.replaceAll(".", "_")}`;
    const type = `pulumi:providers:${packageName}`;
    const providerUrn = `urn:pulumi:${stack}::${project}::${type}::${name}`;
    if (!this.recorded.has(providerUrn)) {
      const region = pulumi.runtime.allConfig()["aws:region"];
      const inputs = {
        ...(packageName === "aws" && region !== undefined ? { region } : {}),
        ...(version === "" ? {} : { version }),
      };
      this.recorded.set(providerUrn, {
        urn: providerUrn,
        custom: true,
        type,
        id: unknownValue,
        inputs,
        outputs: inputs,
      });
    }
    return `${providerUrn}::${unknownValue}`;
  }
}

/** The program's calls only: how it came to be evaluated is no part of it, and not always told. */
function withoutEvaluation(calls: readonly Frame[]): readonly Frame[] {
  const start = calls.findIndex((call) => call.getUri().includes(evaluation));
  return start === -1 ? calls : calls.slice(0, start);
}

/** Whether a position is of a package: where the packages of this machine lie is nobody's business. */
function isOutside(position: string): boolean {
  return position.startsWith("project:///../") || position.includes("/node_modules/");
}

/** In the engine's words (pulumi/pulumi pkg, diag/errors.go): it refuses the second one in a preview. */
function duplicate(urn: string): Error {
  const message = `Duplicate resource URN '${urn}'; try giving it a unique name`;
  // Of an engine's error the SDK hands on the details, not the message.
  return Object.assign(new Error(message), { details: message });
}

function urnOf(parent: string, type: string, name: string): string {
  const parentTypes = parent.split("::")[2] ?? "";
  const isRoot = parentTypes === "" || parentTypes === "pulumi:pulumi:Stack";
  const types = isRoot ? type : `${parentTypes}$${type}`;
  return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${types}::${name}`;
}
