/**
 * The path of the unknown value whose reading threw `error`; undefined when it is another error. The policy SDK's
 * UnknownValueError is recognised by its members, so that rules need no SDK at run time.
 */
export function unknownPath(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("unknownTypeSentinel" in error) || !("props" in error)) return undefined;
  return (error.props as PropertyKey[]).map(String).join(".");
}

/** Whether the value of a property is unknown. Does not throw. */
export function isUnknown(object: object, key: string): boolean {
  try {
    void (object as Record<string, unknown>)[key];
    return false;
  } catch (error) {
    if (unknownPath(error) !== undefined) return true;
    throw error;
  }
}

/** Whether a property has a value, be it known or not. `null`, `""` and an absent property have none. */
export function isSet(object: object | undefined, key: string): boolean {
  if (object === undefined || !(key in object)) return false;
  if (isUnknown(object, key)) return true;
  const value = (object as Record<string, unknown>)[key];
  return value !== undefined && value !== null && value !== "";
}

/** What reading a property throws that the engine left out because something inside it is unknown. */
class LeftOutError extends Error {
  readonly unknownTypeSentinel = "";
  readonly props: readonly string[];

  constructor(property: string) {
    super(`${property} is not known`);
    this.props = [property];
  }
}

/**
 * The properties as they are, with some more that are unknown: a preview's outputs can lack a whole property of which
 * one part is unknown (pulumi/pulumi issue 7854), and a rule would take it for unset.
 */
export function withUnknown(
  props: Record<string, unknown>,
  leftOut: readonly string[],
): Record<string, unknown> {
  if (leftOut.length === 0) return props;
  const isLeftOut = (property: PropertyKey): property is string => leftOut.includes(property as string);
  return new Proxy(props, {
    has: (target, property) => isLeftOut(property) || Reflect.has(target, property),
    get: (target, property) => {
      if (isLeftOut(property)) throw new LeftOutError(property);
      return Reflect.get(target, property) as unknown;
    },
  });
}
