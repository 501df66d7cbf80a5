/** What a parameter's value may be. A `period` is a span of arrival time and fills two placeholders. */
export const parameterTypes = ["period", "string", "int", "double", "date", "timestamp"] as const;
export type ParameterType = (typeof parameterTypes)[number];

/** A parameter as the query's header declares it. */
export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  /** What is used when no value is given, as a user would type it; without one a value is needed. */
  readonly default?: string;
  readonly description: string;
}

/** How the rows of an answer read best as a picture. */
export interface Chart {
  readonly kind: "bar" | "line";
  /** The column along the axis of categories or time. */
  readonly x: string;
  /** The column of numbers. */
  readonly y: string;
  /** The column that tells several bars or lines for one x apart. */
  readonly series?: string | undefined;
}

/** A question about a dataset: one file `queries/<dataset>/<name>.sql`. */
export interface NamedQuery {
  /** In snake_case: it names the Athena named query and the prepared statement too. */
  readonly name: string;
  /** The name of the dataset that it is about. */
  readonly dataset: string;
  readonly description: string;
  /** In the order of the placeholders. */
  readonly parameters: readonly Parameter[];
  readonly chart?: Chart | undefined;
  /**
   * The file's text, header included, as it is deployed: so that who finds the query in the Athena console reads what
   * its placeholders mean, and who runs what is deployed knows the types of its parameters.
   */
  readonly sql: string;
}

/** How many `?` a parameter fills. */
export function placeholderCountOf(parameter: Pick<Parameter, "type">): 1 | 2 {
  return parameter.type === "period" ? 2 : 1;
}
