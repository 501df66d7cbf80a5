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
