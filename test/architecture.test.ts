import assert from "node:assert/strict";
import { entries } from "../packaging/entries.ts";
import { exportsOf, importsOf, namesImportedBy, root, trackedFiles } from "./helpers/sources.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a folder may import, besides itself: folders, parts of one, or single files (docs/architecture.md, "The arrows"). */
const arrows: Record<string, readonly string[]> = {
  needs: [],
  aws: [],
  "athena/sql": [],
  schema: ["aws"],
  datasets: ["schema"],
  fixtures: ["datasets", "schema"],
  athena: ["aws", "schema"],
  plan: ["aws"],
  pipelines: ["aws", "schema", "athena", "plan", "local/state"],
  producer: ["schema", "pipelines/environment.ts", "pipelines/from-emulator.ts"],
  infra: ["aws", "schema", "datasets", "athena", "pipelines/environment.ts"],
  // What a Hive type and a time zone are, never what is declared: that stands in the plan.
  local: ["aws", "plan", "athena", "schema/hive-type.ts", "schema/duckdb-types.ts", "schema/time-zone.ts"],
  policy: ["aws", "plan", "athena/sql"],
  cli: [
    "aws",
    "plan",
    "pipelines",
    "athena",
    "producer",
    "local",
    "policy",
    "schema",
    "testing",
    "infra/setting-facts.ts",
  ],
  bench: ["plan", "pipelines", "athena", "producer", "local", "schema", "datasets", "fixtures"],
  docs: ["infra", "plan", "pipelines", "policy", "schema"],
  testing: ["plan", "pipelines", "local", "athena", "producer", "schema"],
  examples: ["producer", "datasets"],
  packaging: [],
  // What `sluice init` writes imports the package by its name.
  templates: [],
};

/** What is imported from outside: by the package's users, by Pulumi, by `cli/sluice.js`, by mocha. */
const entryPoints = [
  ...entries().map((entry) => `${entry}.ts`),
  ...["infra/index.ts", "cli/main.ts", "templates/orders/index.ts", "templates/events/index.ts"],
  "test/package/temporary-folder.ts",
];

/** What everything stands on: which Node and which packages are there. */
const underAll = "needs";

const sources = trackedFiles().filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"));
const imports = new Map(sources.map((path) => [path, importsOf(path)]));

describe("the arrows between folders", () => {
  for (const [folder, allowed] of Object.entries(arrows)) {
    it(`${folder}/ imports ${allowed.length > 0 ? allowed.join(" and ") : "nothing else of ours"}`, () => {
      const files = sources.filter((path) => isIn(path, folder));
      assert.ok(files.length > 0, `no sources in ${folder}/`);
      const wrong = files.flatMap((path) =>
        (imports.get(path) ?? [])
          .filter((target) => ![folder, underAll, ...allowed].some((place) => isIn(target, place)))
          .map((target) => `${path} -> ${target}`),
      );
      assert.deepEqual(wrong, []);
    });
  }

  it("every folder has its arrows; tests may import anything", () => {
    const folders = new Set(
      sources.filter((path) => path.includes("/")).map((path) => path.split("/")[0] ?? ""),
    );
    assert.deepEqual(
      [...folders].filter((folder) => folder !== "test" && !(folder in arrows)),
      [],
    );
  });

  it("nothing but the program imports all datasets", () => {
    const wrong = [...imports].filter(([, targets]) => targets.includes("datasets/index.ts"));
    assert.deepEqual(
      wrong.map(([path]) => path),
      ["infra/index.ts"],
    );
  });

  it("a backend's producer brings no Pulumi, no DuckDB and no zod", () => {
    const reached = new Set<string>();
    const visit = (path: string) => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const target of importsOf(path, { types: false })) visit(target);
    };
    visit("producer/index.ts");
    assert.ok(reached.has("local/state/lock.ts"));
    const heavy = /from "(@pulumi|@duckdb|zod)/;
    assert.deepEqual(
      [...reached].filter((path) => heavy.test(readFileSync(join(root, path), "utf8"))),
      [],
    );
  });

  it("no file imports itself by way of others, not even for a type", () => {
    assert.deepEqual(findCycle(imports), []);
  });

  it("a cycle would be found", () => {
    const cyclic = new Map([
      ["a.ts", ["b.ts"]],
      ["b.ts", ["c.ts"]],
      ["c.ts", ["b.ts"]],
    ]);
    assert.deepEqual(findCycle(cyclic), ["b.ts", "c.ts", "b.ts"]);
  });
});

describe("what a file exports", () => {
  it("is imported by another one", () => {
    const used = new Set(sources.flatMap(namesImportedBy));
    const unused = sources
      // What datasets/ exports is found by datasets/index.ts, whatever its name.
      .filter((path) => !entryPoints.includes(path) && !isIn(path, "datasets") && !used.has(`${path} *`))
      .flatMap((path) => exportsOf(path).map((name) => `${path} ${name}`))
      .filter((name) => !used.has(name));
    assert.deepEqual(unused, []);
  });
});

/** Whether a path is a place, or lies in it. */
function isIn(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

/** The first cycle of a graph, as a path that ends where it begins. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (node: string, path: string[]): string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle.length > 0) return cycle;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
