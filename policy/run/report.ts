import type { UsedExemption } from "../authoring/exemptions.ts";
import type { Level } from "../authoring/rule.ts";
import type { PresentedRule } from "./pack-client.ts";
import type { Places } from "./places/places.ts";

export interface Violation {
  readonly pack: string;
  readonly rule: string;
  readonly level: Level;
  readonly urn: string;
  readonly message: string;
}

/** What the packs say of a deployment document. */
export interface PolicyReport {
  readonly stack: string;
  readonly violations: readonly Violation[];
  readonly exempted: readonly (UsedExemption & { readonly rule: string })[];
  /** What rules of the level `remediate` would correct. */
  readonly remediated: readonly { readonly pack: string; readonly rule: string; readonly urn: string }[];
  readonly summary: {
    /** Rules that were in force. */
    readonly rules: number;
    readonly resources: number;
    readonly mandatory: number;
    readonly advisory: number;
  };
  /** Wall time of the whole run, the packs' start included. */
  readonly seconds: number;
  readonly rules: readonly PresentedRule[];
  /** Where each finding stands. */
  readonly places: Places;
}
