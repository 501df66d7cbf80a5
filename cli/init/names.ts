import { UserError } from "../user-error.ts";

/** The dataset that a project begins with. */
const firstDataset = "orders";

/**
 * What the longest physical name leaves to project and dataset: a bucket `PROJECT-STACK-DATASET-access-logs-ACCOUNT` has 63
 * characters at most (S3), and a stack's name may have 5.
 */
const lengthOfBoth = 63 - "-local-".length - "-access-logs-000000000000".length;

/**
 * Holds a project's name to what Pulumi, npm and the names of AWS resources take.
 * @param what the name is, for the message.
 * @throws {UserError} naming the rule.
 */
export function checkNames(project: string, what: string, dataset: string = firstDataset): void {
  const longest = lengthOfBoth - dataset.length;
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(project) && project.length <= longest) return;
  throw new UserError(
    `${what}, "${project}", can't be the project's: use 1-${longest} lower-case letters, digits and single hyphens, ` +
      "starting with a letter. Give one with --name.",
  );
}
