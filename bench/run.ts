import { benchCost } from "./cost.ts";
import { benchProducer } from "./producer.ts";
import { benchQuery } from "./query.ts";

// `npm run bench` runs all of them, `npm run bench -- query` one. What is compared runs side by side, in one run.

const benches: Record<string, () => void | Promise<void>> = {
  cost: () => console.log(benchCost().lines.join("\n")),
  producer: async () => console.log((await benchProducer()).lines.join("\n")),
  query: () => benchQuery((line) => console.log(line)),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(", ")}. There are ${Object.keys(benches).join(", ")}.`);
  process.exitCode = 2;
} else {
  for (const [name, run] of Object.entries(benches)) {
    if (wanted.length === 0 || wanted.includes(name)) await run();
  }
}
