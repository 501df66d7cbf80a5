import type * as pulumi from "@pulumi/pulumi";

/**
 * The escape hatch for one child: changes its arguments or options just before it is declared.
 *
 * @example
 * transform: { stream: (args) => { args.shardLevelMetrics = ["IteratorAgeMilliseconds"]; } }
 */
export type Transform<Args> = (args: Args, opts: pulumi.CustomResourceOptions) => void;

/** A child's arguments and options as its constructor takes them, after the user's transform. */
export function transformed<Args>(
  transform: Transform<Args> | undefined,
  args: Args,
  opts: pulumi.CustomResourceOptions,
): [Args, pulumi.CustomResourceOptions] {
  transform?.(args, opts);
  return [args, opts];
}
