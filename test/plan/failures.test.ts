import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getAmiOutput } from "@pulumi/aws/ec2/index.js";
import { Bucket } from "@pulumi/aws/s3/index.js";
import { recordResources } from "../../plan/evaluate.ts";
import { root } from "../helpers/sources.ts";

const files = { folder: root, project: "demo", stack: "dev", config: {} };

/** Whatever reaches the process while the work runs, as it would end a command. */
async function uncaughtIn(work: () => Promise<void>): Promise<unknown[]> {
  const uncaught: unknown[] = [];
  const listeners = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => uncaught.push(error));
  try {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of listeners) process.on("uncaughtException", listener);
  }
  return uncaught;
}

describe("an evaluation fails once, with the program's own error", () => {
  const failing: [string, () => unknown, string][] = [
    [
      "when the program throws",
      () => {
        throw new Error("no such owner");
      },
      "no such owner",
    ],
    ["when the program rejects", () => Promise.reject(new Error("later")), "later"],
    [
      "when an Output's callback throws, and a resource and another Output hang on it",
      () => {
        const name = pulumi.output("lake").apply((): string => {
          throw new Error("a callback's mistake");
        });
        new Bucket("lake", { bucket: name, tags: { length: name.apply((text) => `${text.length}`) } });
      },
      'error serializing property "bucket": a callback\'s mistake',
    ],
    [
      "when the program asks AWS for what a plan can't answer",
      () => getAmiOutput({ owners: ["amazon"], mostRecent: true }).id,
      'The program asks AWS for aws:ec2/getAmi:getAmi with {"mostRecent":true,"owners":["amazon"]}: a plan can\'t ' +
        "answer that. Take the value from the stack's configuration, or use `pulumi preview`.",
    ],
  ];
  for (const [what, declare, message] of failing) {
    it(what, async () => {
      const uncaught = await uncaughtIn(() => assert.rejects(recordResources(files, declare), { message }));
      assert.deepEqual(uncaught, []);
    });
  }

  it("and the next evaluation knows nothing of it", async () => {
    const wrong = () => pulumi.output(1).apply(() => Promise.reject(new Error("first")));
    const [first, second] = await Promise.allSettled([
      recordResources(files, wrong),
      recordResources(files, () => void new Bucket("lake", { bucket: "lake" })),
    ]);
    assert.equal(first.status, "rejected");
    assert.ok(second.status === "fulfilled");
    const types = second.value.deployment.resources.map(({ type }) => type).sort();
    assert.deepEqual(types, ["aws:s3/bucket:Bucket", "pulumi:providers:aws", "pulumi:pulumi:Stack"]);
  });
});
