import {
  parameterTypes,
  placeholderCountOf,
  type Chart,
  type NamedQuery,
  type Parameter,
  type ParameterType,
} from "./named-query.ts";
import { lex } from "../sql/lexer.ts";
import { placeholderCount, withoutComments } from "../sql/sql-text.ts";

/** Athena's rule for the name of a prepared statement (API reference, CreatePreparedStatement), in snake_case. */
const namePattern = /^[a-z][a-z0-9_]{1,127}$/;
const parameterPattern = /^(\w+)\s+(\w+)(?:\s*=\s*(.*?))?(?:\s*\|\s*(.*))?$/;

/** All that is wrong with one query file. */
export class QueryFileError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "QueryFileError";
    this.problems = problems;
  }
}

/**
 * Reads a query: a header of `-- key: value` lines, then one statement.
 * @param file how messages name the file.
 * @throws {QueryFileError} listing every mistake with file, line and rule.
 */
export function parseQuery(file: string, dataset: string, text: string): NamedQuery {
  const problems: string[] = [];
  const found: { name?: string; description?: string; chart?: Chart } = {};
  const parameters: Parameter[] = [];
  const at = (line: number, rule: string) => problems.push(`${file}:${line + 1}: ${rule}`);

  const lines = text.split("\n");
  const headerLength = lines.findIndex((line) => !line.startsWith("--"));
  for (const [index, line] of lines.slice(0, Math.max(headerLength, 0)).entries()) {
    const [, key, value] = /^-- ([a-z]+): (.*\S)\s*$/.exec(line) ?? [];
    if (line.includes("?")) at(index, `"?" in the header reads like a placeholder. Say it without.`);
    if (key === undefined || value === undefined) {
      at(index, `"${line}": a header line is "-- key: value".`);
    } else if (key === "name" || key === "description") {
      if (found[key] !== undefined) at(index, `a second ${key}. Keep one.`);
      found[key] = value;
    } else if (key === "parameter") {
      const parameter = parseParameter(value);
      if (typeof parameter === "string") at(index, parameter);
      else if (parameters.some(({ name }) => name === parameter.name)) {
        at(index, `a second parameter "${parameter.name}". Name each once.`);
      } else parameters.push(parameter);
    } else if (key === "chart") {
      const chart = parseChart(value);
      if (typeof chart === "string") at(index, chart);
      else found.chart = chart;
    } else {
      at(index, `"${key}": the keys are name, description, parameter, chart.`);
    }
  }

  const { name = "", description = "", chart } = found;
  if (!namePattern.test(name)) {
    at(0, `name "${name}": 2-128 of a-z, 0-9 and _, starting with a letter (Athena's prepared statements).`);
  }
  if (description.length < 1 || description.length > 1024) {
    at(0, `description: one sentence of 1-1024 characters is needed (the limit of Athena's named queries).`);
  }
  if (withoutComments(text) === "") at(lines.length - 1, "no statement after the header.");
  const declared = parameters.reduce((sum, parameter) => sum + placeholderCountOf(parameter), 0);
  const used = placeholderCount(text);
  if (declared !== used) {
    at(
      0,
      `${used} placeholders in the statement, ${declared} by the header (a period fills two). Make them agree.`,
    );
  }
  if (problems.length > 0) throw new QueryFileError(problems);
  return { name, dataset, description, parameters, chart, sql: text };
}

/**
 * The query that a deployed text says. Without a readable header, as one made by hand, it has no parameters.
 * @param where how the text's place is called, such as the workgroup.
 */
export function parseDeployedQuery(
  where: string,
  dataset: string,
  deployed: Pick<NamedQuery, "name" | "description" | "sql">,
): NamedQuery {
  try {
    return parseQuery(`${where}/${deployed.name}`, dataset, deployed.sql);
  } catch (error) {
    if (!(error instanceof QueryFileError)) throw error;
    return { ...deployed, dataset, parameters: [] };
  }
}

function parseParameter(text: string): Parameter | string {
  const [, name, type, given, description = ""] = parameterPattern.exec(text) ?? [];
  if (name === undefined || type === undefined) {
    return `"${text}": a parameter is "name type = default | description"; default and description may be left out.`;
  }
  if (!isParameterType(type)) {
    return `parameter "${name}" of type "${type}": the types are ${parameterTypes.join(", ")}.`;
  }
  if (given === undefined) return { name, type, description };
  if (type !== "string") return { name, type, default: given, description };
  const [literal, ...more] = lex(given);
  if (literal?.kind !== "string" || more.length > 0 || literal.text !== given)
    return `parameter "${name}": write the default of a string in single quotes, '${given}'.`;
  return { name, type, default: literal.value, description };
}

function parseChart(text: string): Chart | string {
  const [, kind, x, y, series] = /^(bar|line) x=(\w+) y=(\w+)(?: series=(\w+))?$/.exec(text) ?? [];
  if ((kind !== "bar" && kind !== "line") || x === undefined || y === undefined) {
    return `"${text}": a chart is "bar x=column y=column" or "line x=column y=column", with "series=column" if needed.`;
  }
  return { kind, x, y, series };
}

function isParameterType(text: string): text is ParameterType {
  return (parameterTypes as readonly string[]).includes(text);
}
