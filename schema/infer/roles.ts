import type { ColumnDefinition } from "../dataset.ts";
import { wordsOf } from "../sample/texts.ts";
import { count, few, type Doubt } from "./column-type.ts";
import type { Shape } from "./shape.ts";

/** A column with what was seen of it. */
export interface SeenColumn {
  readonly name: string;
  readonly definition: ColumnDefinition;
  readonly shape: Shape;
}

/** Names of event times and ids, as words joined by underscores, the surest first. */
const timeNames = [
  /^event_?(time|timestamp|date|at|ts)$/,
  /^(timestamp|time|ts|datetime|occurred_at|happened_at)$/,
  /^(created_at|created|sent_at|logged_at|received_at)$/,
];
const idNames = [/^event_?(id|uuid|guid|key)$/, /^(id|uuid|guid|message_id|request_id)$/, /_(id|uuid|guid)$/];
const sessionNames = [/^session_?(id|key|uuid)?$/, /^visit_?(id|key|uuid)?$/, /session_?id$/];
/** Of an id so many may be there twice: senders retry. */
const mostRepeatsShare = 0.01;

const rankOf = (name: string, names: readonly RegExp[]) => {
  const rank = names.findIndex((pattern) => pattern.test(wordsOf(name)));
  return rank < 0 ? names.length : rank;
};

/** The column that says when an event happened: by its type, whether it is always there, and its name. */
export function eventTimeOf(columns: readonly SeenColumn[], doubt: Doubt): SeenColumn | undefined {
  const rank = ({ name, definition }: SeenColumn) =>
    (definition.required ? 0 : 100) + (definition.type === "timestamp" ? 0 : 10) + rankOf(name, timeNames);
  const [best, ...others] = columns
    .filter(({ definition: { type } }) => type === "timestamp" || type === "date")
    .sort((a, b) => rank(a) - rank(b));
  if (!best) return undefined;
  if (others.length > 0) {
    doubt(
      best.name,
      `it was taken for the event time; ${listed(others)} ${others.length > 1 ? "are times" : "is a time"} as well`,
    );
  }
  if (!best.definition.required) {
    doubt(
      best.name,
      `it was taken for the event time, but ${count(best.shape.nulls)} events have null or nothing there`,
    );
  }
  return best;
}

/** The text column that is another in each event, and whose name says so. */
export function eventIdOf(
  columns: readonly SeenColumn[],
  events: number,
  doubt: Doubt,
): SeenColumn | undefined {
  const [best] = columns
    .filter(
      ({ definition, shape: { counts, values } }) => definition.type === "string" && counts.text === values,
    )
    .filter(({ name, shape: { distinct, values } }) => {
      const isNamed = rankOf(name, idNames) === 0;
      return distinct.repeats === 0 ? values > 0 : isNamed && distinct.repeats <= events * mostRepeatsShare;
    })
    .filter(
      ({ name }) =>
        rankOf(name, idNames) < idNames.length && rankOf(name, sessionNames) === sessionNames.length,
    )
    .sort((a, b) => rankOf(a.name, idNames) - rankOf(b.name, idNames));
  if (!best) return undefined;
  const { repeats } = best.shape.distinct;
  if (repeats > 0)
    doubt(
      best.name,
      `it was taken for the event id, though ${few(repeats, best.shape.values, "there again")}`,
    );
  else if (rankOf(best.name, idNames) > 0) {
    doubt(
      best.name,
      `it was taken for the event id: it is another in each of ${count(best.shape.values)} events`,
    );
  }
  return best;
}

/** The text column that says which events belong together: by its name, and by coming back. */
export function sessionIdOf(columns: readonly SeenColumn[], doubt: Doubt): SeenColumn | undefined {
  const [best] = columns
    .filter(
      ({ name, definition }) =>
        definition.type === "string" && rankOf(name, sessionNames) < sessionNames.length,
    )
    .filter(({ shape: { distinct, counts, values } }) => distinct.repeats > 0 && counts.text === values)
    .sort((a, b) => rankOf(a.name, sessionNames) - rankOf(b.name, sessionNames));
  if (best) doubt(best.name, "it was taken for the session id");
  return best;
}

function listed(columns: readonly SeenColumn[]): string {
  return columns.map(({ name }) => `\`${name}\``).join(", ");
}
