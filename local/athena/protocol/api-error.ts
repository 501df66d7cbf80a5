export type ErrorType =
  | "AccessDeniedException"
  | "InternalServerException"
  | "InvalidRequestException"
  | "MetadataException"
  | "ResourceNotFoundException"
  | "UnknownOperationException";

/** An error as Athena's API answers it: `Message` with a capital M, the code twice (aws-semantics 4.2). */
export class ApiError extends Error {
  readonly type: ErrorType;
  readonly athenaErrorCode: string | undefined;

  constructor(type: ErrorType, message: string, athenaErrorCode?: string) {
    super(message);
    this.name = "ApiError";
    this.type = type;
    this.athenaErrorCode = athenaErrorCode;
  }

  toJSON(): Record<string, string> {
    const code = this.athenaErrorCode;
    return {
      __type: this.type,
      Message: this.message,
      ...(code !== undefined && { AthenaErrorCode: code, ErrorCode: code }),
    };
  }
}

export function invalidRequest(message: string, code = "INVALID_INPUT"): ApiError {
  return new ApiError("InvalidRequestException", message, code);
}
