import { QueryFailure } from "../parse/syntax-error.ts";
import type { FrameBound, WindowSpecification } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import type { Analysis } from "./analysis.ts";
import type { Scope } from "./scope.ts";
import type { Typed } from "./typed.ts";

/** What follows OVER. @throws {QueryFailure} when it names no window of the query. */
export function overSql(
  over: WindowSpecification | string,
  scope: Scope,
  analysis: Analysis,
  at: Position,
): { sql: string; parts: readonly Typed[] } {
  if (typeof over !== "string") return windowSql(over, scope, analysis, at);
  const sql = scope.windows?.get(over);
  if (sql === undefined)
    throw new QueryFailure("INVALID_FUNCTION_ARGUMENT", `Cannot resolve WINDOW name ${over}`, at);
  return { sql, parts: [] };
}

export function windowSql(
  window: WindowSpecification,
  scope: Scope,
  analysis: Analysis,
  at: Position,
): { sql: string; parts: readonly Typed[] } {
  if (window.base !== undefined) {
    throw new QueryFailure("NOT_SUPPORTED", "the local Athena does not extend named windows", at);
  }
  const parts: Typed[] = window.partitionBy.map((expression) => analysis.expression(expression, scope));
  const order = analysis.sortItems(window.orderBy, scope);
  const pieces: string[] = [];
  if (parts.length > 0) pieces.push(`PARTITION BY ${parts.map((part) => part.sql).join(", ")}`);
  if (order.sql !== "") pieces.push(`ORDER BY ${order.sql}`);
  const { frame } = window;
  if (frame) {
    const bounds = [frame.start, frame.end].flatMap((bound) =>
      bound ? [boundSql(bound, scope, analysis, parts)] : [],
    );
    pieces.push(`${frame.unit} ${bounds.length === 2 ? `BETWEEN ${bounds.join(" AND ")}` : bounds.join("")}`);
  }
  return { sql: `(${pieces.join(" ")})`, parts: [...parts, ...order.parts] };
}

function boundSql(bound: FrameBound, scope: Scope, analysis: Analysis, parts: Typed[]): string {
  switch (bound.kind) {
    case "unboundedPreceding":
      return "UNBOUNDED PRECEDING";
    case "unboundedFollowing":
      return "UNBOUNDED FOLLOWING";
    case "currentRow":
      return "CURRENT ROW";
    default: {
      const offset = bound.offset && analysis.expression(bound.offset, scope);
      if (offset) parts.push(offset);
      return `${offset?.sql ?? "0"} ${bound.kind.toUpperCase()}`;
    }
  }
}
