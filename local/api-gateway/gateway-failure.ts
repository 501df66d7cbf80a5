/** The answers that API Gateway gives itself (API Gateway guide, "Gateway response types"). */
export const failures = {
  ACCESS_DENIED: [403, "AccessDeniedException", "Forbidden"],
  API_CONFIGURATION_ERROR: [500, "InternalServerErrorException", "Internal server error"],
  BAD_REQUEST_BODY: [400, "BadRequestException", "Invalid request body"],
  INTEGRATION_FAILURE: [504, "InternalServerErrorException", "Internal server error"],
  INVALID_API_KEY: [403, "ForbiddenException", "Forbidden"],
  MISSING_AUTHENTICATION_TOKEN: [403, "MissingAuthenticationTokenException", "Missing Authentication Token"],
  REQUEST_TOO_LARGE: [413, "RequestEntityTooLargeException", "Request Too Long"],
  THROTTLED: [429, "TooManyRequestsException", "Too Many Requests"],
  UNSUPPORTED_MEDIA_TYPE: [415, "UnsupportedMediaTypeException", "Unsupported Media Type"],
} as const;

export type FailureType = keyof typeof failures;

/** Ends a request with an answer of API Gateway's own. */
export class GatewayFailure extends Error {
  readonly type: FailureType;
  /** For the emulator's user; the client does not see it. */
  readonly reason: string | undefined;

  constructor(type: FailureType, reason?: string) {
    super(reason ?? failures[type][2]);
    this.name = "GatewayFailure";
    this.type = type;
    this.reason = reason;
  }
}
