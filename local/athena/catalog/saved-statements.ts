import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { DeploymentDocument } from "../../../plan/deployment.ts";
import { requiredString, resourcesOfType } from "../../../plan/resources.ts";

export interface NamedQuery {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly database: string;
  readonly query: string;
  readonly workgroup: string;
}

export interface PreparedStatement {
  readonly name: string;
  readonly workgroup: string;
  readonly statement: string;
  readonly description?: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

interface Saved {
  readonly namedQueries: NamedQuery[];
  readonly preparedStatements: PreparedStatement[];
}

/**
 * Named queries and prepared statements: those that the plan declares, which each start deploys anew, and those that
 * clients made, which a file keeps.
 */
export class SavedStatements {
  readonly namedQueries = new Map<string, NamedQuery>();
  /** By `workgroup/name`. */
  readonly preparedStatements = new Map<string, PreparedStatement>();
  readonly #file: string;
  readonly #declared: ReadonlySet<string>;
  #written: Promise<void> = Promise.resolve();

  private constructor(file: string, saved: Saved, declared: Saved) {
    this.#file = file;
    for (const { namedQueries, preparedStatements } of [saved, declared]) {
      for (const query of namedQueries) this.namedQueries.set(query.id, query);
      for (const statement of preparedStatements)
        this.preparedStatements.set(preparedKey(statement), statement);
    }
    this.#declared = new Set([
      ...declared.namedQueries.map(({ id }) => id),
      ...declared.preparedStatements.map(preparedKey),
    ]);
  }

  static async open(file: string, plan: DeploymentDocument, now: Date): Promise<SavedStatements> {
    await mkdir(dirname(file), { recursive: true });
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return '{"namedQueries":[],"preparedStatements":[]}';
      throw error;
    });
    return new SavedStatements(file, JSON.parse(text) as Saved, declaredIn(plan, now));
  }

  prepared(workgroup: string, name: string): PreparedStatement | undefined {
    return this.preparedStatements.get(preparedKey({ workgroup, name }));
  }

  /** Writes what clients made. Call it after each change. */
  async save(): Promise<void> {
    this.#written = this.#written.then(async () => {
      const own = (key: string) => !this.#declared.has(key);
      const saved: Saved = {
        namedQueries: [...this.namedQueries.values()].filter(({ id }) => own(id)),
        preparedStatements: [...this.preparedStatements.values()].filter((statement) =>
          own(preparedKey(statement)),
        ),
      };
      await writeFile(`${this.#file}.new`, JSON.stringify(saved));
      await rename(`${this.#file}.new`, this.#file);
    });
    return this.#written;
  }
}

export function preparedKey({ workgroup, name }: Pick<PreparedStatement, "workgroup" | "name">): string {
  return `${workgroup}/${name}`;
}

function declaredIn(plan: DeploymentDocument, now: Date): Saved {
  const namedQueries = resourcesOfType(plan, "aws:athena/namedQuery:NamedQuery").map(
    (resource): NamedQuery => {
      const { description, workgroup } = resource.inputs;
      return {
        id: idOf(resource.urn),
        name: requiredString(resource, "name"),
        ...(typeof description === "string" && { description }),
        database: requiredString(resource, "database"),
        query: requiredString(resource, "query"),
        workgroup: typeof workgroup === "string" ? workgroup : "primary",
      };
    },
  );
  const preparedStatements = resourcesOfType(plan, "aws:athena/preparedStatement:PreparedStatement").map(
    (resource): PreparedStatement => {
      const { description } = resource.inputs;
      return {
        name: requiredString(resource, "name"),
        workgroup: requiredString(resource, "workgroup"),
        statement: requiredString(resource, "queryStatement"),
        ...(typeof description === "string" && { description }),
        modified: now.getTime(),
      };
    },
  );
  return { namedQueries, preparedStatements };
}

/** The same resource has the same id at each start. */
function idOf(urn: string): string {
  const hex = createHash("sha256").update(urn).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
