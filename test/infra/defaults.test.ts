import assert from "node:assert/strict";
import { defaults, type Default } from "../../infra/defaults.ts";
import { parseSettings, settingsShape } from "../../infra/settings.ts";

const valid = { owner: "web-team", costCenter: "4711" };
const table = Object.entries(defaults) as [keyof typeof defaults, Default<unknown>][];

describe("the defaults", () => {
  it("are what settings have that give just an owner and a cost center", () => {
    const { tags, ...settings } = parseSettings("here", valid);
    const expected = Object.fromEntries(
      table.filter(([, { value }]) => value !== undefined).map(([key, { value }]) => [key, value]),
    );
    assert.deepEqual(settings, { ...valid, ...expected });
    assert.deepEqual(tags, {});
  });

  for (const [key, { value, limits, meaning, source }] of table) {
    it(`of ${key} lies within its own limits, and says what it means and where they come from`, () => {
      if (value !== undefined) parseSettings("here", { ...valid, [key]: value });
      assert.ok([limits, meaning, source].every((text) => text.length > 0));
    });

    const setting = settingsShape[key];
    const accepts = (given: unknown) => setting.safeParse(given).success;
    const [, least, most] = /^(\d+)(?:-(\d+)| or more)(?!\d| characters)/.exec(limits) ?? [];
    if (least !== undefined) {
      it(`of ${key} has limits that are those of the setting`, () => {
        assert.ok(accepts(Number(least)) && !accepts(Number(least) - 1));
        if (most !== undefined) assert.ok(accepts(Number(most)) && !accepts(Number(most) + 1));
      });
    }

    if (/^\w+(, \w+)+$/.test(limits)) {
      it(`of ${key} has choices that are those of the setting`, () => {
        const choices = limits
          .split(", ")
          .map((text) => (/^[A-Z]/.test(text) ? text : (JSON.parse(text) as unknown)));
        for (const choice of choices) assert.ok(accepts(choice), String(choice));
        assert.ok(!accepts("OTHER"));
      });
    }
  }
});
