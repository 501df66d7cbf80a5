import type * as pulumi from "@pulumi/pulumi";

/**
 * The value of an Output. Rejects when the Output does, so that a wrong expectation fails the test; an Output's own
 * `promise()` does this too, but has no type.
 */
export function valueOf<T>(output: pulumi.Input<T>): Promise<T> {
  const { promise } = output as unknown as { promise?: () => Promise<T> };
  return promise ? promise.call(output) : Promise.resolve(output as T);
}
