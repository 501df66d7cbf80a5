import { Ajv, type ValidateFunction } from "ajv";

/** Says what is wrong with a body; undefined when nothing is. */
export type CheckBody = (body: string) => string | undefined;

/** Keywords of later drafts: a validator of draft 4 ignores them, so a rule written with one would not hold. */
const laterKeywords = [
  "const",
  "contains",
  "propertyNames",
  "if",
  "then",
  "else",
  "$defs",
  "dependentRequired",
];

/**
 * A model as API Gateway takes it: JSON Schema draft 4 (API Gateway guide, "Data models").
 * @throws {Error} when it is none.
 */
export function compileModel(schemaText: string): CheckBody {
  const schema = JSON.parse(schemaText) as Record<string, unknown>;
  requireDraft4(schema, "#");
  const { $schema: _draft4, ...rest } = schema;
  // Of draft 4 only exclusiveMinimum and exclusiveMaximum read otherwise in ajv's draft 7; they are refused above.
  const validate: ValidateFunction = new Ajv({ strict: false, allErrors: false }).compile(rest);
  return (body) => {
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch (error) {
      return `the body is no JSON: ${(error as Error).message}`;
    }
    if (validate(value)) return undefined;
    return (validate.errors ?? [])
      .map(({ instancePath, message }) => `${instancePath === "" ? "the body" : instancePath} ${message}`)
      .join("; ");
  };
}

function requireDraft4(schema: unknown, at: string): void {
  if (typeof schema !== "object" || schema === null) return;
  if (Array.isArray(schema)) {
    schema.forEach((item, index) => requireDraft4(item, `${at}/${index}`));
    return;
  }
  const isProperties = /\/(properties|definitions|patternProperties)$/.test(at);
  for (const [keyword, value] of Object.entries(schema)) {
    if (!isProperties) requireKeyword(keyword, value, at);
    requireDraft4(value, `${at}/${keyword}`);
  }
}

function requireKeyword(keyword: string, value: unknown, at: string): void {
  const wrong = (rule: string) => new Error(`Invalid model schema: ${at}/${keyword} ${rule}.`);
  if (laterKeywords.includes(keyword)) throw wrong("is no keyword of JSON Schema draft 4");
  if (keyword === "$schema" && value !== "http://json-schema.org/draft-04/schema#") {
    throw wrong("must be http://json-schema.org/draft-04/schema#");
  }
  if (keyword === "required" && (!Array.isArray(value) || value.length === 0)) {
    throw wrong("must be a list with one name or more");
  }
  if (/^exclusiveM/.test(keyword)) throw wrong("is not supported by the emulator: use minimum and maximum");
}
