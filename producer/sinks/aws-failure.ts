import { SinkError } from "./sink.ts";

/** Codes of AWS that pass by themselves: throttling, and failures on AWS's side. */
const passing = new Set([
  "InternalFailure",
  "InternalFailureException",
  "InternalServerError",
  "KMSThrottlingException",
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestTimeout",
  "RequestTimeoutException",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "SlowDown",
  "Throttling",
  "ThrottlingException",
  "TimeoutError",
]);

/** Codes of Node.js for a connection that broke or was not there at the moment. */
const broken = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
  "UND_ERR_SOCKET",
]);

/** Whether a record's or a call's error code means that sending again can help. */
export function isRetryable(code: string): boolean {
  return passing.has(code) || broken.has(code);
}

/** Whether a code means that the shard or the stream is at its limit. */
export function isThrottling(code: string): boolean {
  return /Throttl|ProvisionedThroughputExceeded|LimitExceeded|SlowDown|ServiceUnavailable/.test(code);
}

/**
 * What the AWS SDK threw, as a SinkError that says what to do.
 * @param target for messages: `Kinesis stream "x"`.
 */
export function awsSinkError(error: unknown, target: string, region: string): SinkError {
  const {
    name = "Error",
    message = "",
    code: nodeCode,
    $metadata,
  } = error as Partial<NodeJS.ErrnoException> & {
    $metadata?: { httpStatusCode?: number };
  };
  const code = nodeCode ?? name;
  const status = $metadata?.httpStatusCode ?? 0;
  const retryable = isRetryable(code) || isRetryable(name) || status >= 500 || /socket hang up/.test(message);
  return new SinkError(
    { code, message: explained(code, message, target, region), retryable },
    { cause: error },
  );
}

function explained(code: string, message: string, target: string, region: string): string {
  switch (code) {
    case "ResourceNotFoundException":
      return `There is no ${target} in ${region}. Deploy its stack first, or check the stack's name and region.`;
    case "CredentialsProviderError":
      return "There are no AWS credentials. Log in (aws sso login), or set AWS_PROFILE.";
    case "ExpiredTokenException":
    case "ExpiredToken":
      return "The AWS credentials have expired. Log in again (aws sso login).";
    case "UnrecognizedClientException":
    case "InvalidSignatureException":
    case "InvalidClientTokenId":
      return `AWS does not accept these credentials in ${region}. Check AWS_PROFILE and the region.`;
    case "AccessDeniedException":
      return `AWS refuses to put records to ${target}: ${message}`;
    case "ENOTFOUND":
      return `${target}: its endpoint in region "${region}" has no address. Check the region's name and the network.`;
    default:
      return `${target}: ${code}: ${message || "no further message"}`;
  }
}
