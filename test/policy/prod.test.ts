import assert from "node:assert/strict";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { packs } from "../../policy/packs.ts";
import type { Packs } from "../../policy/run/packs.ts";
import { mutated, pipelineOf } from "./mutated-plan.ts";
import { mutations, type Mutation } from "./mutations.ts";
import { openOwnPacks } from "./own-packs.ts";

describe("The plan of prod", () => {
  let opened: Packs;
  let plan: DeploymentDocument;
  let pipeline: DeploymentDocument;

  before(async () => {
    [opened, plan] = await Promise.all([openOwnPacks("prod"), evaluateStack({ stack: "prod" })]);
    pipeline = pipelineOf(plan, "clickstream");
  });

  after(() => opened[Symbol.asyncDispose]());

  it("raises no rule, and needs at most three exemptions", async () => {
    const { violations, exempted, summary } = await opened.evaluate(plan);
    assert.deepEqual(violations, []);
    assert.ok(exempted.length <= 3);
    assert.equal(summary.rules, [...packs.values()].flat().length);
  });

  it("raises no rule as one pipeline alone", async () => {
    assert.deepEqual((await opened.evaluate(pipeline)).violations, []);
  });

  describe("with one bad change", () => {
    const raised = new Map<Mutation, string[]>();

    // Some at a time: the packs work while the next is sent.
    before(async function () {
      this.timeout(120_000);
      const waiting = [...mutations];
      const evaluateOneByOne = async () => {
        for (let mutation = waiting.pop(); mutation; mutation = waiting.pop()) {
          const { violations } = await opened.evaluate(mutated(pipeline, mutation));
          raised.set(mutation, [...new Set(violations.map(({ rule }) => rule))].sort());
        }
      };
      await Promise.all(Array.from({ length: 6 }, evaluateOneByOne));
    });

    for (const mutation of mutations) {
      it(`${mutation.what} (${mutation.of}) raises ${mutation.raises.join(" and ")}, no more`, () => {
        assert.deepEqual(raised.get(mutation), mutation.raises);
      });
    }
  });

  it("has a mutation for each rule of each pack", () => {
    const raised = new Set(mutations.flatMap(({ raises }) => raises));
    const rules = [...packs.values()].flat().map(({ name }) => name);
    assert.deepEqual(
      rules.filter((rule) => !raised.has(rule)),
      [],
    );
    assert.ok(mutations.length >= 60);
  });
});

for (const stack of ["dev", "local"]) {
  describe(`The plan of ${stack}`, () => {
    it("raises no mandatory rule", async () => {
      const [booted, plan] = await Promise.all([openOwnPacks(stack), evaluateStack({ stack })]);
      await using opened = booted;
      const { violations } = await opened.evaluate(plan);
      assert.deepEqual(
        violations.filter(({ level }) => level === "mandatory"),
        [],
      );
    });
  });
}
