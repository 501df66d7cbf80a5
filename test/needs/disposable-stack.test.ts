import assert from "node:assert/strict";
import { AsyncDisposableStack } from "../../needs/disposable-stack.ts";

describe("AsyncDisposableStack", () => {
  it("undoes the last first, one after the other, and once", async () => {
    const undone: string[] = [];
    const stack = new AsyncDisposableStack();
    stack.defer(() => undone.push("first"));
    stack.defer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      undone.push("second");
    });
    await stack.disposeAsync();
    await stack.disposeAsync();
    assert.deepEqual(undone, ["second", "first"]);
  });

  it("undoes the rest after a failure, and then throws it", async () => {
    const undone: string[] = [];
    const stack = new AsyncDisposableStack();
    stack.defer(() => undone.push("first"));
    stack.defer(() => Promise.reject(new Error("refused")));
    await assert.rejects(stack.disposeAsync(), /refused/);
    assert.deepEqual(undone, ["first"]);
  });

  it("has nothing left to undo once it was moved", async () => {
    const undone: string[] = [];
    const stack = new AsyncDisposableStack();
    stack.defer(() => undone.push("moved"));
    const moved = stack.move();
    await stack.disposeAsync();
    assert.deepEqual(undone, []);
    await moved.disposeAsync();
    assert.deepEqual(undone, ["moved"]);
  });
});
