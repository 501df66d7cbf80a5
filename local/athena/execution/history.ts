import { appendFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { isOver, type Execution } from "./execution.ts";

/** How long Athena keeps a query (Athena user guide, "View recent queries"). */
const keptMilliseconds = 45 * 86_400_000;

/** All query executions of the last 45 days, kept in a file of one JSON document a line: the last line of an id counts. */
export class History {
  readonly #file: string;
  readonly #executions: Map<string, Execution>;

  private constructor(file: string, executions: Map<string, Execution>) {
    this.#file = file;
    this.#executions = executions;
  }

  /** Reads the history. A query that was running when the file was left is FAILED: nothing runs it any more. */
  static async open(file: string, now: Date): Promise<History> {
    await mkdir(dirname(file), { recursive: true });
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    const executions = new Map<string, Execution>();
    for (const line of text.split("\n")) {
      const execution = parse(line);
      if (execution && execution.submitted > now.getTime() - keptMilliseconds)
        executions.set(execution.id, execution);
    }
    for (const execution of executions.values()) if (!isOver(execution)) interrupt(execution, now);
    const lines = [...executions.values()].map((execution) => `${JSON.stringify(execution)}\n`);
    await writeFile(`${file}.new`, lines.join(""));
    await rename(`${file}.new`, file);
    return new History(file, executions);
  }

  get(id: string): Execution | undefined {
    return this.#executions.get(id);
  }

  /** From the newest to the oldest. */
  newestFirst(): Execution[] {
    return [...this.#executions.values()].reverse();
  }

  /** Keeps an execution as it is now. */
  save(execution: Execution): void {
    this.#executions.set(execution.id, execution);
    appendFileSync(this.#file, `${JSON.stringify(execution)}\n`);
  }
}

/** The last line of a killed process may be half a line. */
function parse(line: string): Execution | undefined {
  try {
    return line === "" ? undefined : (JSON.parse(line) as Execution);
  } catch {
    return undefined;
  }
}

function interrupt(execution: Execution, now: Date): void {
  execution.state = "FAILED";
  execution.reason = "GENERIC_INTERNAL_ERROR: the local Athena was stopped while the query ran";
  execution.failure = { category: 1, type: 0, retryable: true };
  execution.completed = now.getTime();
}
