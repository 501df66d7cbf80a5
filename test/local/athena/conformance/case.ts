/** A statement and what Trino answers. */
export interface ConformanceCase {
  readonly sql: string;
  /** The rows, as Athena writes values; in any order where the statement has no ORDER BY. */
  readonly rows?: readonly (readonly (string | null)[])[];
  /** The failure that begins the reason, or `SYNTAX` for a statement that is refused at once. */
  readonly fails?: string;
}

/** An expression and its value. */
export function value(expression: string, result: string | null): ConformanceCase {
  return { sql: `SELECT ${expression}`, rows: [[result]] };
}

/** An expression and the failure it leads to. */
export function failure(expression: string, fails: string): ConformanceCase {
  return { sql: `SELECT ${expression}`, fails };
}

export function rows(sql: string, ...result: (readonly (string | null)[])[]): ConformanceCase {
  return { sql, rows: result };
}

export function fails(sql: string, code: string): ConformanceCase {
  return { sql, fails: code };
}
