import type { Catalog } from "../../../athena/dialect/catalog.ts";
import { preparedKey, type SavedStatements } from "../catalog/saved-statements.ts";
import type { Statement } from "../../../athena/dialect/parse/statement.ts";
import { QueryFailure } from "../../../athena/dialect/parse/syntax-error.ts";
import type { Execution } from "./execution.ts";
import { isShow, show, type TextResult } from "./show.ts";

const nothing: TextResult = { lines: [], columns: [] };

/**
 * The result of a statement that reads no table.
 * @returns nothing when it reads one.
 * @throws {QueryFailure} NOT_SUPPORTED for statements that write.
 */
export async function textResult(
  { workgroup, database }: Execution,
  statement: Statement,
  { catalog, saved }: { readonly catalog: Catalog; readonly saved: SavedStatements },
): Promise<TextResult | undefined> {
  if (isShow(statement)) return show(statement, catalog, database);
  switch (statement.kind) {
    case "prepare": {
      const { name, text } = statement;
      saved.preparedStatements.set(preparedKey({ workgroup, name }), {
        name,
        workgroup,
        statement: text,
        modified: Date.now(),
      });
      await saved.save();
      return nothing;
    }
    case "deallocate":
      if (!saved.preparedStatements.delete(preparedKey({ workgroup, name: statement.name }))) {
        const problem = `PreparedStatement ${statement.name} was not found in workGroup ${workgroup}`;
        throw new QueryFailure("GENERIC_USER_ERROR", problem);
      }
      await saved.save();
      return nothing;
    case "unsupported":
      throw new QueryFailure(
        "NOT_SUPPORTED",
        `the local Athena does not run ${statement.what}: tables are declared in the stack, and it reads them only`,
      );
    default:
      return undefined;
  }
}
