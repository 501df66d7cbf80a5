import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importsOf, root, trackedFiles } from "./helpers/sources.ts";

/** Which folders a folder may import from (docs/architecture.md, "The arrows"). */
const arrows: Record<string, readonly string[]> = {
  aws: [],
  schema: [],
  datasets: ["schema"],
  fixtures: ["datasets", "schema"],
  athena: ["schema"],
  plan: [],
  pipelines: ["schema", "athena", "plan", "local"],
  producer: ["schema", "pipelines"],
  infra: ["schema", "datasets", "athena", "pipelines"],
  local: ["plan", "schema", "athena", "aws"],
  policy: ["plan"],
  testing: ["plan", "pipelines", "local", "athena", "producer", "schema"],
};

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
          .filter((target) => !allowed.includes(target.split("/")[0] ?? ""))
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

  /** What one folder may take of another, where that is not all of it. */
  const narrow: [folder: string, other: string, taken: RegExp, what: string][] = [
    ["pipelines", "local", /^local\/state\//, "the state folder of an emulator"],
    ["producer", "pipelines", /^pipelines\/(environment|from-emulator)\.ts$/, "where pipelines are told of"],
    ["infra", "pipelines", /^pipelines\/environment\.ts$/, "the name of a variable"],
  ];
  for (const [folder, other, taken, what] of narrow) {
    it(`${folder}/ takes of ${other}/ only ${what}`, () => {
      const targets = sources
        .filter((path) => path.startsWith(`${folder}/`))
        .flatMap((path) => imports.get(path) ?? [])
        .filter((target) => target.startsWith(`${other}/`));
      assert.ok(targets.length > 0);
      assert.deepEqual(
        targets.filter((target) => !taken.test(target)),
        [],
      );
    });
  }

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
