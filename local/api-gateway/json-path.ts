/** A step of a path: a member's name or a place in an array. */
type Step = string | number;

const step = /\.([A-Za-z_][\w-]*)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/y;

/**
 * The value that a JSONPath leads to; undefined when nothing is there.
 * @throws {Error} for a path with other steps than names and places: API Gateway knows more, the emulator does not.
 */
export function valueAt(value: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>((found, step) => {
    if (typeof found !== "object" || found === null) return undefined;
    if (typeof step === "number") return Array.isArray(found) ? (found as unknown[])[step] : undefined;
    return Object.hasOwn(found, step) ? (found as Record<string, unknown>)[step] : undefined;
  }, value);
}

function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  if (path.startsWith("$")) {
    step.lastIndex = 1;
    while (step.lastIndex < path.length) {
      const match = step.exec(path);
      if (match === null) break;
      const [whole, name, single, double, place] = match;
      steps.push(place === undefined ? (name ?? single ?? double ?? whole) : Number(place));
      if (step.lastIndex === path.length) return steps;
    }
    if (path === "$") return steps;
  }
  throw new Error(`The JSONPath "${path}" is not supported by the emulator: use $, .name, ['name'] and [0].`);
}
