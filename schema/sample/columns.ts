import type { Column, Dataset } from "../dataset.ts";
import { parseHiveType } from "../hive-type.ts";
import type { MakeGenerator } from "./generator.ts";
import { wordsOf } from "./texts.ts";
import { dayOf, timestampsLike } from "./times.ts";
import { unconvertibleTo } from "./unconvertible.ts";
import { valuesOf, type MakeValue, type SampleContext } from "./values.ts";
import { Visits } from "./visits.ts";

/** How often a column that is not required is null. */
const nullShare = 0.1;

/** Text columns that say who or what a visit is of, and so stay as they are through it. */
const ofVisit =
  /^((visitor|user|customer|client|account|member|order|cart)(_(id|name|email|agent|ip|country))?|(device|browser|country|language|locale|ip|remote)(_(id|type|name|code|addr|address))?)$/;

/** Plausible events from a dataset's columns alone: their types, names, values, examples and ranges. */
export function columnsGenerator(dataset: Dataset): MakeGenerator {
  return (random, count) => {
    const context: SampleContext = { seed: random.hex(8), count, timeZone: dataset.timeZone };
    const columns = dataset.columns.map((column) => ({
      name: column.name,
      make: valuesOfColumn(column, dataset, context),
      isOfVisit: dataset.sessionId !== undefined && isOfVisit(column, dataset),
    }));
    const ofVisits = columns.filter((column) => column.isOfVisit);
    let now = 0;
    const visits = new Visits(
      random,
      () => new Map(ofVisits.map(({ name, make }) => [name, make(random, now)])),
    );

    return {
      next: (instant) => {
        now = instant;
        const visit = dataset.sessionId === undefined ? undefined : visits.at(instant).visit;
        return Object.fromEntries(
          columns.map(({ name, make, isOfVisit }) => [
            name,
            isOfVisit ? visit?.get(name) : make(random, instant),
          ]),
        );
      },
      unconvertible: dataset.columns
        .map(({ name, type }) => [name, unconvertibleTo(parseHiveType(type))] as const)
        .filter(([, value]) => value !== undefined),
    };
  };
}

function isOfVisit({ name, columnName, type }: Column, { eventId, sessionId }: Dataset): boolean {
  if (columnName === eventId) return false;
  return columnName === sessionId || (type === "string" && ofVisit.test(wordsOf(name)));
}

function valuesOfColumn(column: Column, dataset: Dataset, context: SampleContext): MakeValue {
  const { name, columnName, type, required, values, examples } = column;
  if (!values) {
    if (columnName === dataset.eventId) return (random) => random.hex(32);
    if (columnName === dataset.sessionId) return (random) => random.hex(16);
    if (columnName === dataset.eventTime) return timesOfEvent(type, examples, context);
  }
  const make = valuesOf(name, parseHiveType(type), column, context);
  if (required) return make;
  return (random, instant) => (random.chance(nullShare) ? null : make(random, instant));
}

/** When the event happens, as the column has it. */
function timesOfEvent(type: string, examples: Column["examples"], { timeZone }: SampleContext): MakeValue {
  if (type === "date") return (_random, instant) => dayOf(instant, timeZone);
  const timestamp = timestampsLike(examples?.[0]);
  return (_random, instant) => timestamp(instant);
}
