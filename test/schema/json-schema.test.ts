import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { defineDataset, type ColumnDefinition } from "../../schema/dataset.ts";
import { ownDatasets } from "../helpers/own-datasets.ts";
import { jsonSchemaOf } from "../../schema/json-schema.ts";

const everyType = defineDataset({
  name: "every-type",
  description: "One column of each type.",
  columns: {
    id: { type: "string", description: "Text.", required: true },
    at: { type: "timestamp", description: "An instant.", required: true },
    flag: { type: "boolean", description: "True or false." },
    tiny: { type: "tinyint", description: "8 bits." },
    small: { type: "smallint", description: "16 bits." },
    whole: { type: "int", description: "32 bits." },
    big: { type: "bigint", description: "64 bits." },
    single: { type: "float", description: "A float." },
    real: { type: "double", description: "A double." },
    amount: { type: "decimal(10,2)", description: "An amount." },
    day: { type: "date", description: "A day." },
    list: { type: "array<int>", description: "Numbers." },
    counts: { type: "map<string,bigint>", description: "Numbers by name." },
    place: { type: "struct<city:string,position:array<double>>", description: "A place." },
  } satisfies Record<string, ColumnDefinition>,
  eventTime: "at",
  eventId: "id",
  since: "2026-11-01",
});

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(jsonSchemaOf(everyType));
const least = { id: "a", at: "2026-11-20T10:00:00Z" };

/** Where an event does not fit the schema. */
function misfits(event: unknown): string[] {
  return validate(event) ? [] : (validate.errors ?? []).map((error) => error.instancePath || error.keyword);
}

describe("the JSON Schema of an event", () => {
  it("is draft-07 with title, description and the required columns", () => {
    const { properties, ...rest } = jsonSchemaOf(everyType);
    assert.deepEqual(rest, {
      $schema: "http://json-schema.org/draft-07/schema#",
      title: "every-type",
      description: "One column of each type.",
      type: "object",
      required: ["id", "at"],
    });
    assert.deepEqual(
      Object.keys(properties as object),
      everyType.columns.map((column) => column.name),
    );
  });

  it("takes an event with just the required columns, and one whose other columns are null", () => {
    assert.deepEqual(misfits(least), []);
    const nulls = Object.fromEntries(everyType.columns.map((column) => [column.name, null]));
    assert.deepEqual(misfits({ ...nulls, ...least }), []);
  });

  it("takes keys that no column has, because Firehose drops them", () => {
    assert.deepEqual(misfits({ ...least, more: { deep: [1] } }), []);
  });

  it("refuses an event without a required column, and one where it is null", () => {
    assert.deepEqual(misfits({ at: least.at }), ["required"]);
    assert.deepEqual(misfits({ ...least, id: null }), ["/id"]);
  });

  it("refuses what is no object", () => {
    for (const event of [null, [least], "text", 1]) assert.deepEqual(misfits(event), ["type"]);
  });

  const values: Record<string, { fits: unknown[]; does_not: unknown[] }> = {
    id: { fits: ["", "a"], does_not: [1, true, {}, []] },
    at: { fits: ["2026-11-20 10:00:00", 1763632800, 1763632800.5], does_not: [true, {}, []] },
    flag: { fits: [true, false], does_not: ["true", 1] },
    tiny: { fits: [-128, 127], does_not: [-129, 128, 1.5, "1"] },
    small: { fits: [-32_768, 32_767], does_not: [-32_769, 32_768, 1.5, "1"] },
    whole: { fits: [-2_147_483_648, 2_147_483_647], does_not: [-2_147_483_649, 2_147_483_648, 0.5, "1"] },
    big: { fits: [0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER], does_not: [0.5, "1"] },
    single: { fits: [0, -1.5], does_not: ["1.5", true] },
    real: { fits: [0, 1e300], does_not: ["1.5", true] },
    amount: { fits: [12.34], does_not: ["12.34"] },
    day: { fits: ["2026-11-20", "2026-1-2"], does_not: ["20.11.2026", "2026-11-20T00:00:00Z", 20_261_120] },
    list: { fits: [[], [1, null]], does_not: [1, {}] },
    counts: { fits: [{}, { a: 1, b: null }], does_not: [[], 1] },
    place: { fits: [{}, { city: null, position: [1.5] }, { other: 1 }], does_not: ["Berlin", []] },
  };
  for (const { name, type } of everyType.columns) {
    it(`takes what fits ${type} and refuses what does not`, () => {
      for (const value of values[name]!.fits) assert.deepEqual(misfits({ ...least, [name]: value }), []);
      for (const value of values[name]!.does_not) {
        assert.deepEqual(
          [...new Set(misfits({ ...least, [name]: value }))],
          [`/${name}`],
          JSON.stringify(value),
        );
      }
    });
  }

  it("looks into lists, maps and structs", () => {
    assert.deepEqual(misfits({ ...least, list: [1, "2"], counts: { a: 0.5 }, place: { position: ["x"] } }), [
      "/list/1",
      "/counts/a",
      "/place/position/0",
    ]);
  });

  it("is one that a strict validator takes, for each dataset of the program", async () => {
    for (const dataset of await ownDatasets()) {
      const check = new Ajv({ strict: true, allowUnionTypes: true }).compile(jsonSchemaOf(dataset));
      assert.equal(check({}), false, dataset.name);
    }
  });
});
