import { unknownPath } from "./unknown.ts";

/** Something that a rule has to say about a resource. */
export interface Finding {
  readonly urn: string;
  readonly message: string;
  /** The rule could not be evaluated, because a value is not known before the deployment. */
  readonly unknown: boolean;
}

/**
 * Collects what a rule finds. Each attempt stands alone: an unknown value, or a value that the rule cannot read, ends
 * that attempt with a finding, and the next one goes on.
 */
export class Findings {
  readonly list: Finding[] = [];
  readonly #said = new Set<string>();

  violation(urn: string, message: string): void {
    this.add({ urn, message, unknown: false });
  }

  /** Says that the rule cannot be evaluated yet. Never a mandatory violation, never silence. */
  unknown(urn: string, what: string): void {
    this.add({
      urn,
      message: `cannot be evaluated before the deployment: ${what} is not known yet`,
      unknown: true,
    });
  }

  attempt(urn: string, evaluate: () => void): void {
    try {
      evaluate();
    } catch (error) {
      const path = unknownPath(error);
      if (path !== undefined) this.unknown(urn, `"${path}"`);
      // A value of a type that the provider would refuse. Its text is not repeated: it may be a secret.
      else this.violation(urn, `cannot be evaluated, a value has an unexpected form (${describe(error)})`);
    }
  }

  private add(finding: Finding): void {
    const said = `${finding.urn} ${finding.message}`;
    if (this.#said.has(said)) return;
    this.#said.add(said);
    this.list.push(finding);
  }
}

/** The kind of an error, and its message only where it is the rules' own. */
function describe(error: unknown): string {
  if (error instanceof UnreadableValueError) return error.message;
  return error instanceof Error ? error.name : "unknown error";
}

/** A value that a rule cannot read; the message names the property and never the value. */
export class UnreadableValueError extends Error {}
