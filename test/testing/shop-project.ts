import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../helpers/sources.ts";

/** What a user writes: a program with a pipeline of orders, whose buffer is the default five minutes, and a query. */
export async function writeShop(folder: string, { sluice = root, program = oneProgram(sluice) } = {}) {
  await mkdir(join(folder, "queries", "orders"), { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: index.ts\n");
  await writeFile(
    join(folder, "Pulumi.local.yaml"),
    'config:\n  aws:region: eu-central-1\n  shop:accountId: "111122223333"\n',
  );
  await writeFile(join(folder, "index.ts"), program);
  await writeFile(join(folder, "queries/orders/revenue.sql"), query);
  await mkdir(join(folder, "fixtures"), { recursive: true });
  await writeFile(join(folder, "fixtures/orders.ts"), generator);
  await symlink(join(root, "node_modules"), join(folder, "node_modules")).catch(() => undefined);
}

/** The head of a program that knows the dataset `orders`. */
export const programHead = (sluice = root) => `
import * as aws from "@pulumi/aws";
import { defineDataset, EventPipeline, queriesOf } from "${sluice}/sluice.ts";
const orders = defineDataset({
  name: "orders", description: "An order.", eventTime: "placed", eventId: "order_id", since: "2026-11-01",
  columns: {
    order_id: { type: "string", description: "Identifies the order.", required: true },
    placed: { type: "timestamp", description: "When it was placed.", required: true },
    total: { type: "double", description: "What it is worth, in euro." },
  },
});
const args = { dataset: orders, queries: queriesOf(orders), owner: "shop", costCenter: "4711" };
`;

const oneProgram = (sluice: string) =>
  `${programHead(sluice)}new EventPipeline("orders", { ...args, httpIngest: true });\n`;

const generator = `
export default (random) => ({
  next: (instant) => ({
    order_id: String(random.next()), placed: new Date(instant).toISOString(), total: random.integer(1, 9),
  }),
  unconvertible: [["total", "much"]],
});
`;

const query = `-- name: revenue
-- description: Orders and what they are worth.
-- parameter: period period = today | days of arrival to read
-- parameter: least double = 0 | orders below are left out
SELECT count(*) AS orders, sum(total) AS revenue FROM orders WHERE dt BETWEEN ? AND ? AND total >= ?
`;
