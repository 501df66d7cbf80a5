/** Stands for "take it out" in an edit. */
export const absent = Symbol("absent");

/** Values by path, `/` between the steps; a step into JSON text goes through it. */
export type Edits = Readonly<Record<string, unknown>>;

/** Opens a value for an edit of what is inside. */
type Open = (value: unknown, edit: (opened: unknown) => unknown) => unknown;

/**
 * A copy of a value with some paths changed.
 * @param open how to look into a value that is not at hand, as an Output. Default: values are.
 */
export function edited<T>(value: T, edits: Edits, open: Open = (plain, edit) => edit(plain)): T {
  return Object.entries(edits).reduce<T>(
    (current, [path, replacement]) => replaced(current, path.split("/"), replacement, open) as T,
    value,
  );
}

function replaced(value: unknown, steps: readonly string[], replacement: unknown, open: Open): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return replacement;
  return open(value, (opened) => {
    if (typeof opened === "string")
      return JSON.stringify(replaced(JSON.parse(opened), steps, replacement, open));
    const copy = (Array.isArray(opened) ? [...(opened as unknown[])] : { ...(opened as object) }) as Record<
      string,
      unknown
    >;
    const member = replaced(copy[step], rest, replacement, open);
    if (member !== absent) copy[step] = member;
    else if (Array.isArray(copy)) copy.splice(Number(step), 1);
    else delete copy[step];
    return copy;
  });
}

/** Every path of a value, from the outside in. */
export function pathsOf(value: unknown, prefix: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    [...prefix, key].join("/"),
    ...pathsOf(member, [...prefix, key]),
  ]);
}
