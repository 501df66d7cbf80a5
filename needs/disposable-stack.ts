/**
 * What is to be undone, the last first: the part that is used here of JavaScript's own `AsyncDisposableStack`, which Node 22
 * does not have.
 */
export class AsyncDisposableStack implements AsyncDisposable {
  #undo: (() => unknown)[] = [];

  /** Undoes what was just done, when the stack is disposed of. */
  defer(undo: () => unknown): void {
    this.#undo.push(undo);
  }

  /** A stack that has all of it to undo, in place of this one. */
  move(): AsyncDisposableStack {
    const moved = new AsyncDisposableStack();
    moved.#undo = this.#undo;
    this.#undo = [];
    return moved;
  }

  /** Undoes everything, once. @throws the first failure, after all else is undone. */
  async disposeAsync(): Promise<void> {
    const failures: unknown[] = [];
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.disposeAsync();
  }
}
