import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { format } from "prettier";
import {
  defineDataset,
  type ColumnDefinition,
  type Dataset,
  type DatasetDefinition,
} from "../../../schema/dataset.ts";
import { renderDeclaration } from "../../../schema/infer/render.ts";
import { anyDataset } from "../random-datasets.ts";

type Definition = DatasetDefinition<Record<string, ColumnDefinition>>;

const definition: Definition = {
  name: "web-orders",
  description: "Inferred.",
  columns: {
    id: { type: "string", description: 'Such as "a".', required: true },
    at: { type: "timestamp", description: "When it's placed." },
    status: { type: "int", description: "Such as 200.", examples: [200, 404] },
  },
  eventTime: "at",
  eventId: "id",
  timeZone: "UTC",
  since: "2026-11-20",
};

describe("a declaration as source", () => {
  it("exports the dataset under its name, one column a line where there is room", () => {
    assert.equal(
      renderDeclaration({ definition }),
      `import { defineDataset } from "sluice/dataset";

export const webOrders = defineDataset({
  name: "web-orders",
  description: "Inferred.",
  columns: {
    id: { type: "string", description: 'Such as "a".', required: true },
    at: { type: "timestamp", description: "When it's placed." },
    status: { type: "int", description: "Such as 200.", examples: [200, 404] },
  },
  eventTime: "at",
  eventId: "id",
  timeZone: "UTC",
  since: "2026-11-20",
});
`,
    );
  });

  it("imports from where it is told", () => {
    const source = renderDeclaration({ definition }, { importFrom: "../schema/dataset.ts" });
    assert.match(source, /^import \{ defineDataset \} from "\.\.\/schema\/dataset\.ts";\n/);
  });

  it("does not use a word of the language for a name", () => {
    assert.match(
      renderDeclaration({ definition: { ...definition, name: "import" } }),
      /const importDataset = /,
    );
  });

  it("is what prettier makes of it, whatever the texts and numbers", async () => {
    const texts = fc.string({
      unit: fc.oneof(
        fc.string({ minLength: 1, maxLength: 1 }),
        fc.constantFrom("'", '"', "\\", "\n", "ä", "𐀀", "\u2028"),
      ),
      minLength: 1,
      maxLength: 130,
    });
    const long = fc.record({
      description: texts,
      examples: fc.oneof(
        fc.array(texts, { minLength: 1, maxLength: 30 }),
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(anyDataset, fc.array(long, { maxLength: 4 }), async (dataset, columns) => {
        const source = renderDeclaration({ definition: definitionOf(dataset, columns) });
        assert.equal(await format(source, { parser: "typescript", printWidth: 110 }), source);
      }),
      { numRuns: 150 },
    );
  });

  it("declares the dataset that was inferred", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sluice-render-"));
    const importFrom = new URL("../../../schema/dataset.ts", import.meta.url).href;
    let files = 0;
    try {
      await fc.assert(
        fc.asyncProperty(anyDataset, async (dataset) => {
          const wanted = definitionOf(dataset, []);
          const file = join(folder, `${++files}.ts`);
          await writeFile(file, renderDeclaration({ definition: wanted }, { importFrom }));
          const { any } = (await import(pathToFileURL(file).href)) as { any: Dataset };
          assert.deepEqual(any, defineDataset(wanted));
        }),
        { numRuns: 30 },
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function definitionOf(dataset: Dataset, more: readonly object[]): Definition {
  const others = more.map((column, index) => [`more${index}`, { type: "string", ...column }]);
  return {
    ...{ name: dataset.name, description: dataset.description },
    columns: {
      ...dataset.definition,
      ...(Object.fromEntries(others) as Record<string, ColumnDefinition>),
    },
    ...{ eventTime: "at", eventId: "EventId", timeZone: dataset.timeZone, since: dataset.since },
  };
}
