import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { oldestNode, otherNode, project } from "./installed.ts";
import { succeed } from "./run.ts";

const trips = Array.from({ length: 300 }, (_, index) => ({
  trip_id: `T-${index}`,
  started: "2026-11-20T08:00:00Z",
  driver: { name: `D-${index % 7}`, languages: index % 2 === 0 ? ["de"] : ["de", "pl"] },
  stops: Array.from({ length: index % 4 }, (_, stop) => ({ place: `P-${stop}`, minutes: stop + 1 })),
  fares: { base: 2.5, ...(index % 3 === 0 && { night: 1 }) },
}));

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** What the query must answer, counted here from the events themselves. */
const totals = {
  trips: trips.length,
  drivers: 7,
  stops: sum(trips.map(({ stops }) => stops.length)),
  minutes: sum(trips.flatMap(({ stops }) => stops.map(({ minutes }) => minutes))),
  polish: trips.filter(({ driver }) => driver.languages.includes("pl")).length,
  base: 750,
  night: 100,
};

const sql = `-- name: totals
-- description: Sums over every column.
-- parameter: period period = last 7 days | days of arrival to read
SELECT
  count(*) AS trips,
  count(DISTINCT driver.name) AS drivers,
  sum(cardinality(stops)) AS stops,
  sum(reduce(transform(stops, stop -> stop.minutes), 0, (total, minutes) -> total + minutes, total -> total)) AS minutes,
  count_if(contains(driver.languages, 'pl')) AS polish,
  sum(fares['base']) AS base,
  sum(element_at(fares, 'night')) AS night
FROM trips
WHERE dt BETWEEN ? AND ?
`;

const declaration = `defineDataset({
  name: "trips",
  description: "One trip.",
  columns: {
    trip_id: { type: "string", required: true, description: "Identifies the trip." },
    started: { type: "timestamp", description: "When it began." },
    driver: { type: "struct<name:string,languages:array<string>>", description: "Who drove." },
    stops: { type: "array<struct<place:string,minutes:int>>", description: "Where, and how long." },
    fares: { type: "map<string,double>", description: "What was paid for what." },
  },
  eventTime: "started",
  eventId: "trip_id",
  since: "2026-11-01",
})`;

const pipeline = `new EventPipeline("trips", { dataset: trips, queries: queriesOf(trips), ...readConfig().settings })`;
const names = "defineDataset, EventPipeline, queriesOf, readConfig";

const kinds: Record<string, Record<string, string>> = {
  "an ES module in TypeScript": {
    "package.json": `{ "type": "module" }`,
    "index.ts": `import { ${names} } from "sluice";\nconst trips = ${declaration};\n${pipeline};\n`,
  },
  "a CommonJS module": {
    "package.json": `{ "type": "commonjs", "main": "index.js" }`,
    "index.js": `const { ${names} } = require("sluice");\nconst trips = ${declaration};\n${pipeline};\n`,
  },
};

const config = `config:
  aws:region: eu-central-1
  trips:owner: data-platform
  trips:costCenter: "4711"
  trips:bufferingIntervalSeconds: 1
`;

for (const [kind, program] of Object.entries(kinds)) {
  for (const [name, nodeOf] of [
    [process.version, () => Promise.resolve(process.execPath)],
    [`v${oldestNode}`, otherNode(oldestNode)],
  ] as const) {
    it(`nested events of ${kind} arrive, with the right totals, under Node ${name}`, async () => {
      const main = Object.keys(program).find((file) => file.startsWith("index"))!;
      const cwd = join(await project(), `trips-${main.replace(".", "-")}-${name}`);
      const files = {
        ...program,
        "Pulumi.yaml": `name: trips\nmain: ${main}\nruntime: { name: nodejs, options: { typescript: false } }\n`,
        "Pulumi.local.yaml": config,
        "queries/trips/totals.sql": sql,
        "trips.ndjson": trips.map((trip) => `${JSON.stringify(trip)}\n`).join(""),
      };
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(cwd, path)), { recursive: true });
        await writeFile(join(cwd, path), text);
      }
      const said = await succeed("npx", ["--no", "sluice", "start", "--input", "trips.ndjson", "--json"], {
        cwd,
        node: await nodeOf(),
      });
      const report = JSON.parse(said) as { events: object; queries: { totals: object[] } };
      assert.deepEqual(report.events, { sent: 300, delivered: 300, failed: 0 });
      assert.deepEqual(report.queries.totals, [totals]);
    });
  }
}
