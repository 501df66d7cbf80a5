/** An input that cannot be sent at all. The message names it and says what to do; nothing of it was sent. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InputError";
  }
}
