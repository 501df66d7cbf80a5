/** The parts of `arn:partition:service:region:account:resource`; what an ARN leaves out is empty. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** The rest, with its colons: `stream/clicks`, `log-group:a:*`, or a bucket's name. */
  readonly resource: string;
}

/** Takes an ARN, or a pattern of one, apart. @returns undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const [, partition = "", service = "", region = "", account = "", resource = ""] =
    /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text) ?? [];
  return resource === "" ? undefined : { partition, service, region, account, resource };
}

/** Takes an ARN apart. @throws {Error} when it is none. */
export function partsOfArn(text: string): Arn {
  const arn = parseArn(text);
  if (arn) return arn;
  throw new Error(`"${text}" is no ARN: expected arn:partition:service:region:account:resource.`);
}

/** Builds an ARN. @param place default: no region and no account, as in a bucket's ARN. */
export function arnOf(
  service: string,
  resource: string,
  { partition, region = "", account = "" }: Pick<Arn, "partition"> & Partial<Arn>,
): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** An ARN's pattern of fewer than six parts covers all that could follow (IAM guide, "Resource"). */
export function completeArnPattern(pattern: string): string {
  return pattern + ":*".repeat(Math.max(0, 6 - pattern.split(":").length));
}

/** The bucket of a bucket's or an object's ARN; undefined for another ARN. */
export function bucketOfArn(text: string): string | undefined {
  const arn = parseArn(text);
  return arn?.service === "s3" && arn.region === "" && arn.account === ""
    ? arn.resource.replace(/\/.*$/s, "")
    : undefined;
}

/** The account that an IAM principal names: by its ARN, or the principal itself when it is an account id. */
export function accountOfPrincipal(principal: string): string {
  return parseArn(principal)?.account ?? principal;
}
