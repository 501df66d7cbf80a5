/** Stands for "take it out" in an edit. */
export const absent = Symbol("absent");

/** Values by path, `/` between the steps; a step into JSON text goes through it. */
export type Edits = Readonly<Record<string, unknown>>;

/** A copy of a value with some paths changed. */
export function edited<T>(value: T, edits: Edits): T {
  return Object.entries(edits).reduce<T>(
    (current, [path, replacement]) => replaced(current, path.split("/"), replacement) as T,
    structuredClone(value),
  );
}

function replaced(value: unknown, [step, ...rest]: readonly string[], replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (typeof value === "string")
    return JSON.stringify(replaced(JSON.parse(value), [step, ...rest], replacement));
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  const member = replaced(copy[step], rest, replacement);
  if (member !== absent) copy[step] = member;
  else if (Array.isArray(copy)) copy.splice(Number(step), 1);
  else delete copy[step];
  return copy;
}

/** Every path of a value, from the outside in. */
export function pathsOf(value: unknown, prefix: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    [...prefix, key].join("/"),
    ...pathsOf(member, [...prefix, key]),
  ]);
}
