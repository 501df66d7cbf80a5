import type { UsedExemption } from "./exemptions.ts";

const opening = "Exempted: ";

/**
 * How a pack says which exemptions were used. The analyzer protocol has no message for it; the reason for which a
 * policy was not applicable is the one text that it carries and that is no violation.
 */
export function exemptionNotice(used: readonly UsedExemption[]): string {
  return opening + JSON.stringify(used);
}

/** The exemptions that a notice reports; none when the text is another reason. */
export function readExemptionNotice(text: string): UsedExemption[] {
  return text.startsWith(opening) ? (JSON.parse(text.slice(opening.length)) as UsedExemption[]) : [];
}

/** The same for people. */
export function exemptionLine(rule: string, { urn, reason, until }: UsedExemption): string {
  return `exempted from ${rule}: ${urn}: ${reason}${until === undefined ? "" : ` (until ${until})`}`;
}
