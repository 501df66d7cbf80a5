import type { EventOf } from "../../datasets/event-type.ts";
import type { riskEvent } from "../../datasets/risk-event.ts";
import type { Generator } from "./generator.ts";
import type { Random } from "./random.ts";

const dayMilliseconds = 86_400_000;

/** Basel II event types (level 1) with some of their categories (level 2). */
const categories: readonly (readonly [category: string, weight: number, subCategories: readonly string[]])[] =
  [
    [
      "Execution, Delivery and Process Management",
      40,
      ["Transaction capture", "Monitoring and reporting", "Vendors and suppliers"],
    ],
    ["External Fraud", 24, ["Theft and fraud", "Systems security"]],
    [
      "Clients, Products and Business Practices",
      16,
      ["Suitability and disclosure", "Product flaws", "Advisory activities"],
    ],
    ["Business Disruption and System Failures", 10, ["Systems"]],
    ["Employment Practices and Workplace Safety", 6, ["Employee relations", "Safe environment"]],
    ["Internal Fraud", 3, ["Unauthorised activity", "Theft and fraud"]],
    ["Damage to Physical Assets", 1, ["Disasters and other events"]],
  ];
const regions: readonly (readonly [string, number])[] = [
  ["EMEA", 50],
  ["AMER", 30],
  ["APAC", 20],
];
const businesses = [
  "Retail Banking",
  "Commercial Banking",
  "Payment and Settlement",
  "Asset Management",
  "Trading and Sales",
];

/** Risk events as reported: found on the day they are sent, begun up to a year before; few are very expensive. */
export function generateRiskEvents(random: Random): Generator {
  let number = 0;
  const next = (instant: number): EventOf<typeof riskEvent> => {
    number++;
    const [category, subCategories] = random.weighted(
      categories.map(([name, weight, subs]) => [[name, subs] as const, weight]),
    );
    const gross = Math.round(100 * Math.exp(7 + 1.8 * normal(random))) / 100;
    const recovered = random.chance(0.4) ? Math.round(100 * gross * random.next()) / 100 : 0;
    const ageDays = Math.floor(365 * random.next() ** 3);
    return {
      Region: random.weighted(regions),
      Business: random.pick(businesses),
      Name: `${category.split(",")[0]} ${String(number).padStart(6, "0")}`,
      Status: random.weighted([
        ["Open", 45],
        ["Under review", 35],
        ["Closed", 20],
      ]),
      RiskCategory: category,
      RiskSubCategory: random.pick(subCategories),
      DiscoveryDate: dayOf(instant),
      OccurrenceStartDate: dayOf(instant - ageDays * dayMilliseconds),
      NetLoss: Math.round(100 * (gross - recovered)) / 100,
      RecoveryAmount: recovered,
      EstimatedGrossLoss: gross,
      EventId: random.hex(32),
    };
  };
  return {
    next,
    unconvertible: [
      ["NetLoss", "not known yet"],
      ["EstimatedGrossLoss", "1.200,50"],
      ["DiscoveryDate", "last week"],
    ],
  };
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** A standard normal number, by the polar form of Box and Muller. */
function normal(random: Random): number {
  for (;;) {
    const [x, y] = [2 * random.next() - 1, 2 * random.next() - 1];
    const radius = x * x + y * y;
    if (radius > 0 && radius < 1) return x * Math.sqrt((-2 * Math.log(radius)) / radius);
  }
}
