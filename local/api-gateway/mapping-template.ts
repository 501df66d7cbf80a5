import { Compile, parse } from "velocityjs";

/** A mapping template, ready to be filled in. */
export type MappingTemplate = (variables: TemplateVariables) => string;

/** What a template knows by name: `$input`, `$context`, `$util`, `$stageVariables`. */
interface TemplateVariables {
  readonly input: object;
  readonly context: object;
  readonly util: object;
  readonly stageVariables: object;
}

/** API Gateway's functions (API Gateway guide, "Variables for data transformations"). */
const functions: Record<string, readonly string[]> = {
  input: ["body", "json", "params", "path"],
  util: ["base64Decode", "base64Encode", "escapeJavaScript", "parseJson", "urlDecode", "urlEncode"],
};

type Method = (value: never, ...params: never[]) => unknown;

/** Methods of Java's strings and lists that JavaScript's have not, or not in the same way. */
const javaMethods: Record<"string" | "list" | "map", Record<string, Method>> = {
  string: {
    contains: (text: string, part: unknown) => text.includes(String(part)),
    equals: (text: string, other: unknown) => text === other,
    equalsIgnoreCase: (text: string, other: unknown) => text.toLowerCase() === String(other).toLowerCase(),
    isEmpty: (text: string) => text.length === 0,
    length: (text: string) => text.length,
    matches: (text: string, pattern: string) => new RegExp(`^(?:${pattern})$`).test(text),
    replaceAll: (text: string, pattern: string, by: string) => text.replaceAll(new RegExp(pattern, "g"), by),
  },
  list: {
    contains: (list: unknown[], value: unknown) => list.includes(value),
    isEmpty: (list: unknown[]) => list.length === 0,
  },
  map: {
    containsKey: (map: object, key: string) => Object.hasOwn(map, key),
    isEmpty: (map: object) => Object.keys(map).length === 0,
  },
};

interface MethodCall {
  property: string;
  params: unknown[];
  context: unknown;
}

const customMethodHandlers = [
  {
    uid: "java",
    match: (call: MethodCall) => javaMethod(call) !== undefined,
    resolve: (call: MethodCall) => javaMethod(call)?.(call.context as never, ...(call.params as never[])),
  },
];

function javaMethod({ context, property }: MethodCall): Method | undefined {
  if (typeof context !== "string" && (typeof context !== "object" || context === null)) return undefined;
  const kind = typeof context === "string" ? "string" : Array.isArray(context) ? "list" : "map";
  return Object.hasOwn(javaMethods[kind], property) ? javaMethods[kind][property] : undefined;
}

/**
 * Reads a mapping template.
 * @throws {Error} when it is no Velocity template, or calls a function of `$input` or `$util` that there is not.
 */
export function compileTemplate(text: string): MappingTemplate {
  for (const [, object = "", name = ""] of text.matchAll(/\$!?\{?(input|util)\.(\w+)/g)) {
    if (functions[object]?.includes(name)) continue;
    throw new Error(
      `$${object}.${name} is no function of API Gateway. There are ${functions[object]?.join(", ")}.`,
    );
  }
  const tree = parse(text);
  return (variables) => new Compile(tree, { customMethodHandlers }).render({ ...variables });
}
