/** Where something stands in the statement: both counted from 1, as Trino's messages do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
