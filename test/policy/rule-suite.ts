import assert from "node:assert/strict";
import { unknownValue } from "../../plan/deployment.ts";
import type { Rule } from "../../policy/authoring/rule.ts";
import { edited, pathsOf, type Edits } from "./edits.ts";
import { evaluateBy, type Subject } from "./evaluating.ts";

type Subjects = Readonly<Record<string, Subject>>;

interface Case {
  /** What is changed, as `name/props/...`. */
  readonly edits?: Edits;
  readonly config?: Record<string, unknown>;
}

/** One rule's table. */
export interface RuleTable {
  readonly rule: Rule;
  /** Resources that pass. */
  readonly compliant: Subjects;
  /** One bad change each, and what the rule says of it. */
  readonly failing: Readonly<
    Record<string, Case & { readonly says: RegExp; readonly presenceOnly?: boolean }>
  >;
  /** Other forms that pass. */
  readonly passing?: Readonly<Record<string, Case>>;
}

/** The tests that every rule has, from its table. */
export function describeRule({ rule, compliant, failing, passing }: RuleTable): void {
  const isEvaluated = (subjects: Subjects, config?: Record<string, unknown>) =>
    evaluateBy(rule, subjects, config);
  const changed = ({ edits = {} }: Case) => edited(compliant, edits);

  describe(rule.name, () => {
    it("passes what is right", () => {
      const { violations, unknown } = isEvaluated(compliant);
      assert.deepEqual({ violations, unknown }, { violations: [], unknown: [] });
    });

    for (const [title, wanted] of Object.entries(passing ?? {})) {
      it(`passes ${title}`, () => {
        const { violations, unknown } = isEvaluated(changed(wanted), wanted.config);
        assert.deepEqual({ violations, unknown }, { violations: [], unknown: [] });
      });
    }

    for (const [title, wanted] of Object.entries(failing)) {
      it(`finds ${title}`, () => {
        const { violations } = isEvaluated(changed(wanted), wanted.config);
        assert.equal(violations.length, 1, `one violation: ${violations.join(" | ")}`);
        assert.match(violations[0]!, wanted.says);
      });
    }

    it("says that it cannot evaluate what is not known, where a bad value would be a violation", () => {
      for (const [title, wanted] of Object.entries(failing)) {
        for (const [path, value] of Object.entries(wanted.edits ?? {})) {
          // What is taken away, or there at all, is seen without a value.
          if (typeof value === "symbol" || wanted.presenceOnly || !path.includes("/props/")) continue;
          const { violations, unknown } = isEvaluated(
            edited(changed(wanted), { [path]: unknownValue }),
            wanted.config,
          );
          assert.ok(unknown.length > 0, `${title}: ${path} unknown, violations ${violations.join(" | ")}`);
        }
      }
    });

    it("makes no violation of any value that is not known", () => {
      for (const path of pathsOf(compliant).filter((each) => each.includes("/props/"))) {
        const { violations } = isEvaluated(edited(compliant, { [path]: unknownValue }));
        assert.deepEqual(violations, [], `${path} is unknown`);
      }
    });

    it("does not apply to other types", () => {
      const [broken] = Object.values(failing);
      const others = Object.entries(changed(broken!)).map(([name, subject]) => [
        name,
        { ...subject, type: "random:index/randomPet:RandomPet" },
      ]);
      const { violations, unknown, notApplicable } = isEvaluated(
        Object.fromEntries(others) as Subjects,
        broken!.config,
      );
      assert.deepEqual({ violations, unknown }, { violations: [], unknown: [] });
      if (rule.kind === "resource") assert.equal(notApplicable.length, others.length);
    });

    const [first] = Object.values(failing);
    const exempting = (exemption: object) =>
      isEvaluated(changed(first!), { ...first!.config, exempt: [{ match: ".", ...exemption }] });

    it("is silent of an exempt resource and reports the exemption", () => {
      const { violations, exempted, said } = exempting({ reason: "a trial", until: "2999-12-31" });
      assert.deepEqual(violations, []);
      assert.deepEqual(
        exempted.map(({ reason, until }) => ({ reason, until })),
        [{ reason: "a trial", until: "2999-12-31" }],
      );
      assert.match(said.join(), /^exempted from .*a trial \(until 2999-12-31\)$/);
    });

    it("counts no exemption without a reason, and says so", () => {
      const { violations, exempted } = exempting({ until: "2999-12-31" });
      assert.deepEqual(exempted, []);
      assert.ok(violations.some((violation) => first!.says.test(violation)));
      assert.match(violations.join(), /does not count: it gives no reason/);
    });

    it("counts no exemption whose day has passed, and says so", () => {
      const { violations, exempted } = exempting({ reason: "a trial", until: "2020-01-31" });
      assert.deepEqual(exempted, []);
      assert.ok(violations.some((violation) => first!.says.test(violation)));
      assert.match(violations.join(), /does not count: it ended on 2020-01-31/);
    });

    it("says that a configuration is wrong which the engine would take", () => {
      assert.match(
        isEvaluated(changed(first!), { mispelt: 1 }).violations.join(),
        /configuration is wrong: .*mispelt/,
      );
    });
  });
}
