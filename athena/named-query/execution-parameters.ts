import type { Dataset } from "../../schema/dataset.ts";
import { layoutOf } from "../../schema/layout.ts";
import { dateLiteral, doubleLiteral, intLiteral, timestampLiteral } from "../sql/literal.ts";
import { quoteString } from "../sql/quote.ts";
import type { NamedQuery, Parameter } from "./named-query.ts";
import { addDays, dayOf, parsePeriod } from "./period.ts";

/** Values for a query's parameters by name: texts as a user types them, or numbers. */
export type ParameterValues = Readonly<Record<string, string | number | bigint>>;

/** What a dataset says of time: periods and days are those of its zone and partitions. */
type Clock = Pick<Dataset, "timeZone" | "partitioning" | "since">;

/** Whether the value of a parameter depends on the dataset: what a day is, and which partitions it has. */
export function dependsOnDataset({ type }: Pick<Parameter, "type">): boolean {
  return type === "period" || type === "date";
}

/** The longest execution parameter that Athena takes (API reference, StartQueryExecution). */
const longestLiteral = 1024;

/** All that is wrong with the values given for a query's parameters. */
export class ParameterError extends Error {
  readonly problems: readonly string[];
  /** What a command exits with: a wrong call. */
  readonly exitCode = 2;

  constructor(query: string, problems: readonly string[]) {
    super(`Query "${query}":\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "ParameterError";
    this.problems = problems;
  }
}

/**
 * The ExecutionParameters of a query: SQL literals in the order of its placeholders, one for each value (two for a
 * period), so that a value is always a value.
 * @param dataset what the query is about; needed where a parameter is a period or a date.
 * @param now the instant that relative periods and days count from. Default: now.
 * @throws {ParameterError} listing every unknown, missing and mistyped value.
 */
export function executionParametersOf(
  query: Pick<NamedQuery, "name" | "parameters">,
  values: ParameterValues,
  { dataset, now = new Date() }: { dataset?: Clock | undefined; now?: Date },
): string[] {
  const known = query.parameters.map(({ name }) => name);
  const problems = Object.keys(values)
    .filter((name) => !known.includes(name))
    .map((name) => `no parameter "${name}". ${known.length > 0 ? `There are ${known.join(", ")}.` : ""}`);
  const literals: string[] = [];
  for (const parameter of query.parameters) {
    const given = values[parameter.name] ?? parameter.default;
    if (given === undefined) {
      problems.push(`parameter "${parameter.name}" (${parameter.type}) needs a value.`);
      continue;
    }
    try {
      literals.push(...literalsOf(parameter, String(given), dataset, now));
    } catch (error) {
      problems.push(
        `parameter "${parameter.name}" (${parameter.type}) "${String(given)}": ${(error as Error).message}`,
      );
    }
  }
  if (problems.length > 0) throw new ParameterError(query.name, problems);
  return literals;
}

function literalsOf(parameter: Parameter, value: string, dataset: Clock | undefined, now: Date): string[] {
  const text = value.trim();
  if (dependsOnDataset(parameter) && dataset === undefined) {
    throw new Error("it depends on the dataset, which is not known here. Name its database.");
  }
  switch (parameter.type) {
    case "period": {
      const period = parsePeriod(text, now, dataset!.timeZone);
      const { first, last } = layoutOf(dataset!).partitionsOf(period);
      return [quoteString(first), quoteString(last)];
    }
    case "string": {
      const literal = quoteString(value);
      if (literal.length <= longestLiteral) return [literal];
      throw new Error(`Athena takes ${longestLiteral} characters at most, quotes included.`);
    }
    case "int":
      return [intLiteral(text)];
    case "double":
      return [doubleLiteral(text)];
    case "date":
      return [dateLiteral(relativeDay(text, dayOf(now, dataset!.timeZone)))];
    case "timestamp":
      return [timestampLiteral(text)];
  }
}

function relativeDay(text: string, today: string): string {
  if (text === "today") return today;
  return text === "yesterday" ? addDays(today, -1) : text;
}
