import type { RuleConfig } from "./levels.ts";
import { PackClient, type PresentedRule } from "./pack-client.ts";
import type { PackFolder } from "./pack-folders.ts";
import { PackProcess, type PackEnvironment } from "./pack-process.ts";
import type { Violation } from "./report.ts";
import type { UsedExemption } from "../authoring/exemptions.ts";
import type { SentResource } from "./sent-resource.ts";

/** What one pack says of a document. */
export interface PackVerdict {
  readonly violations: readonly Violation[];
  readonly exempted: readonly (UsedExemption & { readonly rule: string })[];
  readonly remediated: readonly { readonly pack: string; readonly rule: string; readonly urn: string }[];
}

/** Calls under way at a time: enough to keep a pack busy, few enough to hold the requests in memory. */
const callsAtATime = 64;

/** A booted and configured pack. It can evaluate one document after the other. */
export class PackSession implements AsyncDisposable {
  /** The pack's rules with the levels that are in force. */
  readonly rules: readonly PresentedRule[];
  readonly #name: string;
  readonly #process: PackProcess;
  readonly #client: PackClient;

  private constructor(
    name: string,
    process: PackProcess,
    client: PackClient,
    rules: readonly PresentedRule[],
  ) {
    this.#name = name;
    this.#process = process;
    this.#client = client;
    this.rules = rules;
  }

  /** @throws {PackError} when the pack does not start. */
  static async open(
    pack: PackFolder,
    environment: PackEnvironment,
    config: ReadonlyMap<string, RuleConfig>,
  ): Promise<PackSession> {
    const process = await PackProcess.boot(pack, environment);
    try {
      const client = new PackClient(process);
      await client.configureStack(environment);
      const presented = await client.rules();
      const own = presented.flatMap(({ name }) => {
        const entry = config.get(name);
        return entry ? [[name, entry] as const] : [];
      });
      if (own.length > 0) await client.configure(new Map(own));
      const rules = presented.map((rule) => ({ ...rule, level: config.get(rule.name)?.level ?? rule.level }));
      return new PackSession(pack.name, process, client, rules);
    } catch (error) {
      await process[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Evaluates resources as the engine does: remediations first, then each by its inputs, then all by their outputs.
   * @throws {PackError} when the pack ends half-way.
   */
  async evaluate(declared: readonly SentResource[]): Promise<PackVerdict> {
    const { resources, remediated } = await this.#remediate(declared);
    const verdicts = await eachAtATime(resources, (resource) => this.#client.analyze(resource));
    const stackUrn = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "";
    verdicts.push(await this.#client.analyzeStack(resources, stackUrn));
    return {
      violations: verdicts.flatMap(({ violations }) => violations.map((v) => ({ pack: this.#name, ...v }))),
      exempted: verdicts.flatMap(({ exempted }) => exempted),
      remediated,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client[Symbol.dispose]();
    await this.#process[Symbol.asyncDispose]();
  }

  async #remediate(declared: readonly SentResource[]) {
    const remediated: { pack: string; rule: string; urn: string }[] = [];
    if (!this.rules.some(({ level }) => level === "remediate")) return { resources: declared, remediated };
    const resources = await eachAtATime(declared, async (resource) => {
      const remediation = await this.#client.remediate(resource);
      if (!remediation) return resource;
      const { inputs, rules } = remediation;
      remediated.push(...rules.map((rule) => ({ pack: this.#name, rule, urn: resource.urn })));
      return { ...resource, inputs, outputs: { ...resource.outputs, ...inputs } };
    });
    return { resources, remediated };
  }
}

/** Maps with a bounded number of calls under way; results stand in the order of the items. */
async function eachAtATime<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await run(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(callsAtATime, items.length) }, work));
  return results;
}
