import { z } from "zod";
import type { DeploymentDocument } from "../../plan/deployment.ts";

/** A deployment document that cannot be evaluated; the message says what is wrong with it. */
export class DeploymentError extends Error {}

const record = z.record(z.string(), z.unknown());

/** What the evaluating reads of `pulumi stack export`; everything else is let through. */
const documentSchema = z.looseObject({
  version: z.literal(3),
  deployment: z.looseObject({
    resources: z
      .array(
        z.looseObject({
          urn: z.string().startsWith("urn:pulumi:"),
          type: z.string(),
          inputs: record.nullish().transform((inputs) => inputs ?? {}),
          outputs: record.nullish().transform((outputs) => outputs ?? {}),
          parent: z.string().optional(),
          provider: z.string().optional(),
          protect: z.boolean().optional(),
          dependencies: z.array(z.string()).nullish(),
          propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
          sourcePosition: z.string().optional(),
          stackTrace: z.array(z.looseObject({ sourcePosition: z.string().optional() })).optional(),
        }),
      )
      .nullish()
      .transform((resources) => resources ?? []),
  }),
});

/**
 * Reads a deployment document, as `pulumi stack export` and `sluice plan --json` print it.
 * @param source what the document is called in messages: its path.
 * @throws {DeploymentError} when it is cut off, of another version or none at all. Values are never repeated.
 */
export function readDeployment(text: string, source: string): DeploymentDocument {
  const parsed = parseJson(text, source);
  const version = (parsed as { version?: unknown } | null)?.version;
  if (typeof version === "number" && version !== 3) {
    throw new DeploymentError(
      `${source} is a deployment document of version ${version}; version 3 is understood. ` +
        "Export it anew with a current Pulumi: pulumi stack export.",
    );
  }
  const result = documentSchema.safeParse(parsed);
  if (!result.success) {
    const [issue] = result.error.issues;
    const path = issue?.path.map(String).join(".") ?? "";
    throw new DeploymentError(
      `${source} is no deployment document (${path === "" ? "its root" : path}: ${issue?.message}). ` +
        "Write one with: pulumi stack export --file state.json",
    );
  }
  return result.data as unknown as DeploymentDocument;
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trim() === "") throw new DeploymentError(`${source} is empty.`);
    const cutOff = text.trimStart().startsWith("{") && isAboutTheEnd((error as Error).message, text);
    throw new DeploymentError(
      cutOff ? `${source} ends in the middle of its JSON: it was cut off.` : `${source} is no valid JSON.`,
    );
  }
}

/** V8 says so in words, or names the position after the last character. */
function isAboutTheEnd(message: string, text: string): boolean {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  return /end of JSON input|Unterminated string/.test(message) || Number(position) >= text.trimEnd().length;
}
