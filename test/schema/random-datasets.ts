import fc from "fast-check";
import { defineDataset, type ColumnDefinition, type Dataset } from "../../schema/dataset.ts";
import type { HiveTypeText } from "../../schema/hive-type.ts";

/** Names of columns and fields, among them those that a sample knows something about. */
const names = fc.constantFrom(
  ...["Region", "price_total", "quantity", "clientIp", "user_email", "Country", "page", "userId", "a1", "b2"],
  ...["latitude", "share", "device", "landing_url", "orderNumber"],
);

const { type: nestedType } = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("string", "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "date"),
    fc.constant("timestamp"),
    fc
      .tuple(fc.integer({ min: 1, max: 38 }), fc.nat(38))
      .map(([precision, scale]) => `decimal(${precision},${Math.min(precision, scale)})`),
    tie("type").map((type) => `array<${type}>`),
    tie("type").map((type) => `map<string,${type}>`),
    fc
      .uniqueArray(fc.tuple(names, tie("type")), {
        minLength: 1,
        maxLength: 4,
        selector: ([name]) => name.toLowerCase(),
      })
      .map((fields) => `struct<${fields.map(([name, type]) => `${name.toLowerCase()}:${type}`).join(",")}>`),
  ),
}));

/** What a declaration may say of a column's values, by its type. */
function hintsOf(type: string): fc.Arbitrary<Partial<ColumnDefinition>> {
  const none = fc.constant({});
  if (type === "string") {
    const texts = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });
    return fc.oneof(
      none,
      texts.map((values) => ({ values })),
      texts.map((examples) => ({ examples })),
    );
  }
  if (type === "timestamp") {
    const examples = [1_700_000_000, 1_700_000_000_123, 1.7e9 + 0.5, "1700000000", "2026-11-20 1:02:03"];
    return fc.oneof(
      none,
      fc
        .constantFrom(...examples, "2026-11-20T01:02:03Z", "soon")
        .map((example) => ({ examples: [example] })),
    );
  }
  const range: [number, number] | undefined = (
    { tinyint: [-128, 127], int: [-2147483648, 2147483647], bigint: [-(2 ** 53) + 1, 2 ** 53 - 1] } as const
  )[type] as [number, number] | undefined;
  const numbers = range
    ? fc.integer({ min: range[0], max: range[1] })
    : ["float", "double"].includes(type)
      ? fc.float({ noNaN: true, noDefaultInfinity: true })
      : undefined;
  if (!numbers) return none;
  return fc.oneof(
    none,
    numbers.map((minimum) => ({ minimum })),
    numbers.map((maximum) => ({ maximum })),
    fc
      .tuple(numbers, numbers)
      .map(([one, other]) => ({ minimum: Math.min(one, other), maximum: Math.max(one, other) })),
    fc
      .uniqueArray(numbers, { minLength: 1, maxLength: 4, comparator: (a, b) => a === b })
      .map((values) => ({ values })),
    fc.array(numbers, { minLength: 1, maxLength: 4 }).map((examples) => ({ examples })),
  );
}

const column: fc.Arbitrary<ColumnDefinition> = nestedType.chain((type) =>
  fc
    .tuple(hintsOf(type), fc.boolean())
    .map(([hints, required]) => ({ type: type as HiveTypeText, description: "Any.", required, ...hints })),
);

/** Datasets with columns of any type, nested ones too, with values, examples and ranges, with sessions and without. */
export const anyDataset: fc.Arbitrary<Dataset> = fc
  .record({
    columns: fc.uniqueArray(fc.tuple(names, column), {
      maxLength: 8,
      selector: ([name]) => name.toLowerCase(),
    }),
    time: fc.oneof(
      hintsOf("timestamp").map((hints) => ({ type: "timestamp", description: "When.", ...hints }) as const),
      fc.constant({ type: "date", description: "When.", required: true } as const),
    ),
    hasSessions: fc.boolean(),
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Pacific/Auckland"),
  })
  .map(({ columns, time, hasSessions, timeZone }) =>
    defineDataset({
      name: "any",
      description: "Any event.",
      columns: {
        ...(Object.fromEntries(columns) as Record<string, ColumnDefinition>),
        EventId: { type: "string", description: "Which." },
        at: time,
        session: { type: "string", description: "Of which visit." },
      },
      eventTime: "at",
      eventId: "EventId",
      ...(hasSessions && { sessionId: "session" }),
      timeZone,
      since: "2026-01-01",
    }),
  );
