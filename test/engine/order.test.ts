import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { needsOf } from "./needs.ts";
import { configure, copyProject } from "./project-copy.ts";

/** The needs that a plan's edges don't wait for. An engine may create what no edge holds back in any order. */
function unmetNeeds(plan: DeploymentDocument): string[] {
  const resources = new Map(plan.deployment.resources.map((resource) => [resource.urn, resource]));
  const waitedFor = (urn: string, seen = new Set<string>()): Set<string> => {
    for (const dependency of resources.get(urn)?.dependencies ?? []) {
      if (seen.has(dependency)) continue;
      seen.add(dependency);
      waitedFor(dependency, seen);
    }
    return seen;
  };
  return plan.deployment.resources.flatMap(({ urn, type, inputs }) => {
    const before = waitedFor(urn);
    return needsOf(type, inputs).flatMap((need) => {
      const satisfying = plan.deployment.resources.filter((resource) => need.satisfiedBy(resource));
      const late = satisfying.filter((resource) => !before.has(resource.urn));
      if (satisfying.length === 0) return [`${urn}: ${need.error}`];
      return late.map((resource) => `${urn} does not wait for ${resource.urn}`);
    });
  });
}

describe("the order of creation", () => {
  for (const stack of ["dev", "prod"]) {
    it(`every resource of ${stack} waits, by its edges, for all that AWS demands of it`, async () => {
      assert.deepEqual(unmetNeeds(await evaluateStack({ stack })), []);
    });
  }

  it("so it is with raw backup and alarms by mail", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sluice-order-"));
    try {
      await copyProject(folder);
      await configure(folder, "prod", { rawBackup: true, alarmEmail: "on-call@example.com" });
      const plan = await evaluateStack({ stack: "prod", folder });
      assert.deepEqual(unmetNeeds(plan), []);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("a missing edge shows", async () => {
    const plan = await evaluateStack({ stack: "dev" });
    const deliveryStream = plan.deployment.resources.find(({ type }) =>
      type.endsWith(":FirehoseDeliveryStream"),
    );
    const policy = deliveryStream?.dependencies?.find((urn) => urn.includes(":RolePolicy::"));
    assert.ok(deliveryStream && policy);
    deliveryStream.dependencies = deliveryStream.dependencies?.filter((urn) => urn !== policy) ?? [];
    assert.ok(unmetNeeds(plan).includes(`${deliveryStream.urn} does not wait for ${policy}`));
  });
});
