/** A mistake of the user: shown as its message alone, without a stack trace. */
export class UserError extends Error {
  /** 2 for a wrong call (usage), 1 for something that failed. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 2) {
    super(message);
    this.name = "UserError";
    this.exitCode = exitCode;
  }
}
