import fc from "fast-check";
import assert from "node:assert/strict";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { packs } from "../../policy/packs.ts";
import { edited, pathsOf } from "./edits.ts";
import { evaluateBy, type Subject } from "./evaluating.ts";
import { pipelineOf } from "./mutated-plan.ts";

type Subjects = Record<string, Subject>;

/** The resources of a plan, which `prod.test.ts` finds right, as subjects. */
function subjectsOf({ deployment: { resources } }: DeploymentDocument): Subjects {
  const keys = new Map(resources.map(({ urn }, index) => [urn, `r${index}`]));
  return Object.fromEntries(
    resources.map(({ urn, type, outputs, propertyDependencies }) => [
      keys.get(urn),
      {
        type,
        props: outputs,
        from: Object.fromEntries(
          Object.entries(propertyDependencies ?? {}).map(([property, urns]) => [
            property,
            urns.flatMap((each) => keys.get(each) ?? []),
          ]),
        ),
      },
    ]),
  ) as Subjects;
}

/** Objects that may hold more than a rule reads. A policy is none: each of its members grants something. */
function placesOf(subjects: Subjects): string[] {
  const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  return Object.entries(subjects).flatMap(([key, { props }]) => [
    `${key}/props`,
    ...pathsOf(props)
      .filter((path) =>
        isObject(path.split("/").reduce<unknown>((v, step) => (v as Record<string, unknown>)[step], props)),
      )
      .map((path) => `${key}/props/${path}`),
  ]);
}

describe("A superset of what is right", () => {
  it("raises no violation, whatever is added", async () => {
    const subjects = subjectsOf(pipelineOf(await evaluateStack({ stack: "prod" }), "clickstream"));
    const addition = fc.tuple(
      fc.constantFrom(...placesOf(subjects)),
      fc.stringMatching(/^x[a-z]{3,8}$/),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(addition, { minLength: 1, maxLength: 8 }), (additions) => {
        const edits = additions.map(([place, key, value]) => [`${place}/${key}`, value] as const);
        const larger = edited(subjects, Object.fromEntries(edits));
        for (const rule of [...packs.values()].flat()) {
          const { violations } = evaluateBy(rule, larger);
          assert.deepEqual(violations, [], rule.name);
        }
      }),
      { numRuns: 20 },
    );
  });
});
