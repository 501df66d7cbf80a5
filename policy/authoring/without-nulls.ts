import { isUnknown } from "./unknown.ts";

/**
 * The properties with every `null`, at any depth, as if it were not there: a stored state has them for blocks that the
 * program does not declare. A view and no copy, so that an unknown value throws only where it is read.
 */
export function withoutNulls<T extends object>(properties: T): T {
  return new Proxy(properties, {
    has: (target, property) =>
      Reflect.has(target, property) &&
      (isUnknown(target, property as string) || Reflect.get(target, property) !== null),
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (value === null) return undefined;
      return typeof value === "object" ? withoutNulls(value) : value;
    },
  });
}
