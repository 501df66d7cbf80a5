/** An answer of the Firehose API that is no success: AWS's exception name and a message. */
export class FirehoseError extends Error {
  readonly type: string;
  readonly statusCode: number;

  constructor(type: string, message: string, statusCode = 400) {
    super(message);
    this.name = "FirehoseError";
    this.type = type;
    this.statusCode = statusCode;
  }
}

/** AWS's words for a value outside of the limits of the API's model. */
export function invalid(problem: string): FirehoseError {
  return new FirehoseError("ValidationException", `1 validation error detected: ${problem}`);
}
