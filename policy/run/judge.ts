import { performance } from "node:perf_hooks";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import type { RuleConfig } from "./levels.ts";
import { PackClient, type PresentedRule, type Verdict } from "./pack-client.ts";
import type { PackFolder } from "./pack-folders.ts";
import { PackProcess, type PackEnvironment } from "./pack-process.ts";
import type { PolicyReport, Violation } from "./report.ts";
import { sendDocument, type SentDocument } from "./send-document.ts";
import type { SentResource } from "./sent-resource.ts";
import { redacted } from "./wire-values.ts";

export interface JudgeOptions {
  /** May still be under way: the packs boot meanwhile. */
  readonly document: DeploymentDocument | Promise<DeploymentDocument>;
  readonly environment: PackEnvironment;
  readonly packs: readonly PackFolder[];
  /** Level and properties of every rule. */
  readonly config: ReadonlyMap<string, RuleConfig>;
  /** When the run began, on the clock of `performance.now()`; default: now. */
  readonly startedMilliseconds?: number;
}

/** Calls under way at a time: enough to keep a pack busy, few enough to hold the requests in memory. */
const callsAtATime = 64;

/**
 * Judges a deployment document by packs, as the Pulumi engine does: each resource by its inputs, then all by their
 * outputs.
 * @throws {PackError} when a pack does not start or ends half-way.
 */
export async function judge(options: JudgeOptions): Promise<PolicyReport> {
  const started = options.startedMilliseconds ?? performance.now();
  const sending = Promise.resolve(options.document).then(sendDocument);
  const [sent, ...results] = await Promise.all([
    sending,
    ...options.packs.map((pack) => judgeByPack(pack, sending, options)),
  ]);

  const violations = results.flatMap((result) => result.violations).sort(byPlace(sent.resources));
  const inForce = results.flatMap(({ rules }) => rules).filter(({ level }) => level !== "disabled");
  return {
    stack: options.environment.stack,
    violations: violations.map((v) => ({ ...v, message: redacted(v.message, sent.secrets) })),
    exempted: results.flatMap(({ exempted }) => exempted),
    remediated: results.flatMap(({ remediated }) => remediated),
    summary: {
      rules: inForce.length,
      resources: sent.resources.length,
      mandatory: violations.filter(({ level }) => level === "mandatory").length,
      advisory: violations.filter(({ level }) => level === "advisory").length,
    },
    seconds: Math.round(performance.now() - started) / 1000,
    rules: inForce,
    sourcePositions: new Map(
      sent.resources.flatMap(({ urn, sourcePosition }) => (sourcePosition ? [[urn, sourcePosition]] : [])),
    ),
  };
}

interface PackResult {
  readonly rules: readonly PresentedRule[];
  readonly violations: readonly Violation[];
  readonly exempted: PolicyReport["exempted"];
  readonly remediated: PolicyReport["remediated"];
}

async function judgeByPack(
  pack: PackFolder,
  sending: Promise<SentDocument>,
  options: JudgeOptions,
): Promise<PackResult> {
  const { environment } = options;
  await using process = await PackProcess.boot(pack, environment);
  using client = new PackClient(process);
  await client.configureStack(environment);
  const rules = (await client.rules()).map((rule) => ({
    ...rule,
    level: options.config.get(rule.name)?.level ?? rule.level,
  }));
  const own = rules.flatMap(({ name }) => {
    const config = options.config.get(name);
    return config ? [[name, config] as const] : [];
  });
  if (own.length > 0) await client.configure(new Map(own));

  const sent = await sending;
  const remediated: { pack: string; rule: string; urn: string }[] = [];
  const remediates = rules.some(({ level }) => level === "remediate");
  const resources = await eachAtATime(sent.resources, async (resource) => {
    const remediation = remediates ? await client.remediate(resource) : undefined;
    if (!remediation) return resource;
    remediated.push(...remediation.rules.map((rule) => ({ pack: pack.name, rule, urn: resource.urn })));
    return {
      ...resource,
      inputs: remediation.inputs,
      outputs: { ...resource.outputs, ...remediation.inputs },
    };
  });
  const verdicts: Verdict[] = await eachAtATime(resources, (resource) => client.analyze(resource));
  const stackUrn = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "";
  verdicts.push(await client.analyzeStack(resources, stackUrn));
  return {
    rules,
    violations: verdicts.flatMap(({ violations }) => violations.map((v) => ({ pack: pack.name, ...v }))),
    exempted: verdicts.flatMap(({ exempted }) => exempted),
    remediated,
  };
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

/** In the order in which the program declares the resources, mandatory ones first. */
function byPlace(resources: readonly SentResource[]): (a: Violation, b: Violation) => number {
  const places = new Map(resources.map(({ urn }, index) => [urn, index]));
  const place = ({ urn }: Violation) => places.get(urn) ?? places.size;
  const weight = ({ level }: Violation) => (level === "mandatory" ? 0 : 1);
  return (a, b) => place(a) - place(b) || weight(a) - weight(b);
}
