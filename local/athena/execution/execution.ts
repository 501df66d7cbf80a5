/** A query execution as it is kept; the API's QueryExecution is made of it. Times are milliseconds since 1970. */
export interface Execution {
  readonly id: string;
  readonly query: string;
  readonly workgroup: string;
  readonly database?: string;
  readonly catalog: string;
  readonly parameters?: readonly string[];
  readonly caller: string;
  /** The token of StartQueryExecution and what it stands for. */
  readonly token: string;
  readonly requestedLocation?: string;
  readonly statementType: "DDL" | "DML" | "UTILITY";
  readonly substatementType: string;
  /** The folder of the result and its encryption, as the workgroup settles it. */
  readonly outputFolder: string;
  readonly encryption?: { readonly EncryptionOption: string; readonly KmsKey?: string };
  /** The result file's whole `s3://` URL. */
  outputLocation: string;
  readonly reuseMinutes?: number;
  reused?: boolean;
  readonly submitted: number;
  started?: number;
  completed?: number;
  planningMilliseconds?: number;
  state: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  reason?: string;
  failure?: { readonly category: number; readonly type: number; readonly retryable: boolean };
  bytesScanned: number;
  rowsRead?: number;
  rowCount?: number;
  columns?: readonly ResultColumn[];
}

/** A column of a result, as the API describes it. */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
  readonly precision: number;
  readonly scale: number;
  readonly caseSensitive: boolean;
}

export function isOver(execution: Execution): boolean {
  return !["QUEUED", "RUNNING"].includes(execution.state);
}
