import assert from "node:assert/strict";
import { importsOf, trackedFiles } from "./helpers/sources.ts";

/** Which folders a folder may import from (docs/architecture.md, "The arrows"). */
const arrows: Record<string, readonly string[]> = {
  needs: [],
  aws: [],
  schema: [],
  datasets: ["schema"],
  fixtures: ["datasets", "schema"],
  athena: ["schema"],
  plan: [],
  pipelines: ["schema", "athena", "plan"],
  producer: ["schema"],
  infra: ["schema", "datasets", "athena"],
  local: ["plan", "schema", "athena", "aws"],
  policy: ["plan"],
};

/** What everything stands on: which Node and which packages are there. */
const underAll = "needs";

/** Of the schema the emulator may know what a Hive type and a time zone are, never what is declared. */
const pureForEmulator = /^schema\/(hive-type|duckdb-types|time-zone)\.ts$/;

const sources = trackedFiles().filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"));
const imports = new Map(sources.map((path) => [path, importsOf(path, { types: true })]));

describe("the arrows between folders", () => {
  for (const [folder, allowed] of Object.entries(arrows)) {
    it(`${folder}/ imports ${allowed.length > 0 ? allowed.join(" and ") : "nothing else of ours"}`, () => {
      const files = sources.filter((path) => path.startsWith(`${folder}/`));
      assert.ok(files.length > 0, `no sources in ${folder}/`);
      const wrong = files.flatMap((path) =>
        (imports.get(path) ?? [])
          .filter((target) => !target.startsWith(`${folder}/`))
          .filter((target) => ![underAll, ...allowed].includes(target.split("/")[0] ?? ""))
          .map((target) => `${path} -> ${target}`),
      );
      assert.deepEqual(wrong, []);
    });
  }

  it("local/ takes pure functions about types and zones from datasets/, no dataset", () => {
    const wrong = sources
      .filter((path) => path.startsWith("local/"))
      .flatMap((path) =>
        (imports.get(path) ?? [])
          .filter((target) => target.startsWith("schema/") && !pureForEmulator.test(target))
          .map((target) => `${path} -> ${target}`),
      );
    assert.deepEqual(wrong, []);
  });

  it("no file imports itself by way of others", () => {
    const atRunTime = new Map(sources.map((path) => [path, importsOf(path, { types: false })]));
    assert.deepEqual(findCycle(atRunTime), []);
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
