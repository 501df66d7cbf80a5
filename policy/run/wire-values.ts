import { unknownValue } from "../../plan/deployment.ts";

/** Keys and values by which Pulumi marks what is no plain JSON (pulumi/pulumi sdk/go/common/resource/sig/sig.go). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Turns values of a deployment document into those of the analyzer protocol. A secret is sent as one where its text is
 * known, and as unknown where it is encrypted; a reference as the URN that it names. Assets lose their mark: the SDK
 * refuses one whose content is not in the document, and no rule reads them.
 */
export class WireValues {
  /** The text of every secret that was met, so that no message shows one. */
  readonly secrets = new Set<string>();

  properties(properties: Record<string, unknown>): Record<string, unknown> {
    return this.#value(properties as Json) as Record<string, unknown>;
  }

  #value(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.#value(item));
    if (typeof value !== "object" || value === null) return value;
    switch (value[signatureKey]) {
      case undefined:
        return this.#object(value);
      case secretSignature:
        return this.#secret(value);
      case resourceSignature:
        return value["id"] ?? value["urn"] ?? unknownValue;
      case outputSignature:
        return "value" in value ? this.#value(value["value"]) : unknownValue;
      default:
        return this.#object(value);
    }
  }

  #object(value: { [key: string]: Json }): { [key: string]: Json } {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== signatureKey)
        .map(([key, member]) => [key, this.#value(member)]),
    );
  }

  #secret(secret: { [key: string]: Json }): Json {
    const value = "value" in secret ? secret["value"] : parsed(secret["plaintext"]);
    if (value === undefined) return unknownValue;
    this.#remember(value);
    return { [signatureKey]: secretSignature, value: this.#value(value) };
  }

  #remember(value: Json): void {
    if (typeof value === "object" && value !== null)
      Object.values(value).forEach((member) => this.#remember(member));
    else if (value !== null && value !== "" && typeof value !== "boolean" && value !== unknownValue) {
      this.secrets.add(String(value));
      // A policy document with a secret in it is one secret text, of which a rule repeats parts.
      const document = /^\s*[[{]/.test(String(value)) ? parsed(value) : undefined;
      if (document !== undefined) this.#remember(document);
    }
  }
}

/** JSON text as its value; undefined when it is none. */
function parsed(text: Json | undefined): Json | undefined {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
