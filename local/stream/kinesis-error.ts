/** An answer of the Kinesis API that is no success: AWS's exception name and a message. */
export class KinesisError extends Error {
  readonly type: string;
  readonly statusCode: number;

  constructor(type: string, message: string, statusCode = 400) {
    super(message);
    this.name = "KinesisError";
    this.type = type;
    this.statusCode = statusCode;
  }
}

/** AWS's words for values outside of the limits of the API's model. */
export function validationError(problems: readonly string[]): KinesisError {
  const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected`;
  return new KinesisError("ValidationException", `${count}: ${problems.join("; ")}`);
}
