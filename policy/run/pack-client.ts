import type { ServiceError } from "@grpc/grpc-js";
import type * as Messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import { readExemptionNotice } from "../authoring/exemption-notice.ts";
import type { UsedExemption } from "../authoring/exemptions.ts";
import type { Level, Severity } from "../authoring/rule.ts";
import { enforcementLevels, grpc, messages, service, severities, struct } from "./analyzer.ts";
import type { RuleConfig } from "./levels.ts";
import type { PackEnvironment, PackProcess } from "./pack-process.ts";
import { analyzeRequest, stackResource } from "./requests.ts";
import type { SentResource } from "./sent-resource.ts";

/** A rule as its pack presents it. */
export interface PresentedRule {
  readonly pack: string;
  readonly name: string;
  readonly description: string;
  readonly level: Level;
  readonly severity: Severity | "unspecified";
  readonly remediationSteps: string;
  readonly url: string;
  readonly tags: readonly string[];
}

export interface Verdict {
  readonly violations: readonly { rule: string; level: Level; urn: string; message: string }[];
  readonly exempted: readonly (UsedExemption & { rule: string })[];
}

/** Speaks the analyzer protocol with a booted pack. */
export class PackClient implements Disposable {
  readonly #process: PackProcess;
  readonly #client: InstanceType<typeof service.AnalyzerClient>;

  constructor(process: PackProcess) {
    this.#process = process;
    const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
    this.#client = new service.AnalyzerClient(process.address, grpc.credentials.createInsecure(), unlimited);
  }

  async configureStack({ stack, project, preview }: PackEnvironment): Promise<void> {
    const request = new messages.AnalyzerStackConfigureRequest();
    request.setStack(stack).setProject(project).setDryRun(preview);
    await this.#call((done) => this.#client.configureStack(request, done));
  }

  async rules(): Promise<PresentedRule[]> {
    // The request must be of the very class that the service was made with, which its types leave out.
    const { requestType: Empty } = service.AnalyzerService.getAnalyzerInfo as unknown as {
      requestType: new () => never;
    };
    const info = await this.#call<Messages.AnalyzerInfo>((done) =>
      this.#client.getAnalyzerInfo(new Empty(), done),
    );
    return info.getPoliciesList().map((policy) => ({
      pack: this.#process.name,
      name: policy.getName(),
      description: policy.getDescription(),
      level: enforcementLevels[policy.getEnforcementlevel()] ?? "advisory",
      severity: severities[policy.getSeverity()] ?? "unspecified",
      remediationSteps: policy.getRemediationSteps(),
      url: policy.getUrl(),
      tags: policy.getTagsList(),
    }));
  }

  /** Every rule is configured with its level: the SDK takes an entry without one as advisory. */
  async configure(config: ReadonlyMap<string, RuleConfig>): Promise<void> {
    const request = new messages.ConfigureAnalyzerRequest();
    for (const [rule, { level, properties }] of config) {
      const entry = new messages.PolicyConfig();
      entry.setEnforcementlevel(enforcementLevels.indexOf(level));
      entry.setProperties(struct(properties));
      request.getPolicyconfigMap().set(rule, entry);
    }
    await this.#call((done) => this.#client.configure(request, done));
  }

  async analyze(resource: SentResource): Promise<Verdict> {
    const request = analyzeRequest(resource);
    return this.#verdict(await this.#call((done) => this.#client.analyze(request, done)), resource.urn);
  }

  /** The inputs as remediations leave them, and the rules that changed them; undefined when none did. */
  async remediate(
    resource: SentResource,
  ): Promise<{ inputs: Record<string, unknown>; rules: string[] } | undefined> {
    const request = analyzeRequest(resource);
    const response = await this.#call<Messages.RemediateResponse>((done) =>
      this.#client.remediate(request, done),
    );
    const changed = response.getRemediationsList().filter((remediation) => remediation.hasProperties());
    const last = changed.at(-1);
    if (!last) return undefined;
    return {
      inputs: last.getProperties()!.toJavaScript(),
      rules: changed.map((remediation) => remediation.getPolicyname()),
    };
  }

  async analyzeStack(resources: readonly SentResource[], stackUrn: string): Promise<Verdict> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(resources.map(stackResource));
    return this.#verdict(await this.#call((done) => this.#client.analyzeStack(request, done)), stackUrn);
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }

  #verdict(response: Messages.AnalyzeResponse, urn: string): Verdict {
    return {
      violations: response.getDiagnosticsList().map((diagnostic) => ({
        rule: diagnostic.getPolicyname(),
        level: enforcementLevels[diagnostic.getEnforcementlevel()] ?? "advisory",
        urn: diagnostic.getUrn() || urn,
        // The SDK puts the rule's description before the message, on a line of its own.
        message: withoutDescription(diagnostic.getMessage(), diagnostic.getDescription()),
      })),
      exempted: response
        .getNotApplicableList()
        .flatMap((notice) =>
          readExemptionNotice(notice.getReason()).map((used) => ({ ...used, rule: notice.getPolicyName() })),
        ),
    };
  }

  async #call<Response>(
    send: (done: (error: ServiceError | null, response: Response) => void) => unknown,
  ): Promise<Response> {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    send((error, response) => (error ? reject(error) : resolve(response)));
    try {
      return await promise;
    } catch (error) {
      throw await this.#process.failure(error as Error);
    }
  }
}

function withoutDescription(message: string, description: string): string {
  return message.startsWith(`${description}\n`) ? message.slice(description.length + 1) : message;
}
