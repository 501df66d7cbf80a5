import { performance } from "node:perf_hooks";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import type { RuleConfig } from "./levels.ts";
import type { PackFolder } from "./pack-folders.ts";
import type { PackEnvironment } from "./pack-process.ts";
import { PackSession } from "./pack-session.ts";
import { Places } from "./places/places.ts";
import type { PolicyReport, Violation } from "./report.ts";
import { sendDocument } from "./send-document.ts";
import type { SentResource } from "./sent-resource.ts";
import { redactor } from "./redaction.ts";

/** What packs are opened with. */
export interface PacksOptions {
  readonly packs: readonly PackFolder[];
  readonly environment: PackEnvironment;
  /** Level and properties of every rule. */
  readonly config: ReadonlyMap<string, RuleConfig>;
}

/** Booted packs that evaluate deployment documents. */
export class Packs implements AsyncDisposable {
  readonly #stack: string;
  readonly #sessions: readonly PackSession[];

  private constructor(stack: string, sessions: readonly PackSession[]) {
    this.#stack = stack;
    this.#sessions = sessions;
  }

  /** @throws {PackError} when a pack does not start; the others are stopped then. */
  static async open({ packs, environment, config }: PacksOptions): Promise<Packs> {
    const opened = await Promise.allSettled(packs.map((pack) => PackSession.open(pack, environment, config)));
    const sessions = opened.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const failed = opened.find((result) => result.status === "rejected");
    const all = new Packs(environment.stack, sessions);
    if (!failed) return all;
    await all[Symbol.asyncDispose]();
    throw failed.reason;
  }

  /**
   * Evaluates a deployment document by all packs.
   * @param options.startedMilliseconds when the run began, on the clock of `performance.now()`. Default: now.
   * @param options.places where findings stand. Default: what the document alone says of that.
   * @throws {PackError} when a pack ends half-way.
   */
  async evaluate(
    document: DeploymentDocument,
    options: { startedMilliseconds?: number; places?: Places } = {},
  ): Promise<PolicyReport> {
    const { startedMilliseconds = performance.now(), places = new Places(document) } = options;
    const { resources, secrets } = sendDocument(document);
    const verdicts = await Promise.all(this.#sessions.map((session) => session.evaluate(resources)));
    const violations = verdicts.flatMap((verdict) => verdict.violations).sort(byPlace(resources));
    const redacted = redactor(secrets);
    const rules = this.#sessions
      .flatMap((session) => session.rules)
      .filter(({ level }) => level !== "disabled");
    return {
      stack: this.#stack,
      violations: violations.map((v) => ({ ...v, message: redacted(v.message) })),
      exempted: verdicts.flatMap(({ exempted }) => exempted),
      remediated: verdicts.flatMap(({ remediated }) => remediated),
      summary: {
        rules: rules.length,
        resources: resources.length,
        mandatory: violations.filter(({ level }) => level === "mandatory").length,
        advisory: violations.filter(({ level }) => level === "advisory").length,
      },
      seconds: Math.round(performance.now() - startedMilliseconds) / 1000,
      rules,
      places,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session[Symbol.asyncDispose]()));
  }
}

/** In the order in which the program declares the resources, mandatory ones first. */
function byPlace(resources: readonly SentResource[]): (a: Violation, b: Violation) => number {
  const places = new Map(resources.map(({ urn }, index) => [urn, index]));
  const place = ({ urn }: Violation) => places.get(urn) ?? places.size;
  const weight = ({ level }: Violation) => (level === "mandatory" ? 0 : 1);
  return (a, b) => place(a) - place(b) || weight(a) - weight(b);
}
