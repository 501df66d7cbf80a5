import { parseSortItems, parseWindowSpecification } from "./parse-window.ts";
import { parseRelations } from "./parse-relation.ts";
import type {
  CommonTable,
  Expression,
  GroupingElement,
  Query,
  QueryBody,
  Select,
  SelectItem,
} from "./syntax-tree.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads a query with its WITH, ORDER BY, OFFSET and LIMIT, in Trino's order: OFFSET before LIMIT. */
export function parseQuery(reader: TokenReader): Query {
  const at = reader.at;
  const commonTables = reader.accept("WITH") ? parseWith(reader) : [];
  const body = parseUnion(reader);
  const orderBy = reader.accept("ORDER", "BY") ? parseSortItems(reader) : [];
  const offset = reader.accept("OFFSET") ? { offset: parseRowCount(reader) } : {};
  if ("offset" in offset && !reader.accept("ROWS")) reader.accept("ROW");
  return { kind: "query", with: commonTables, body, orderBy, ...offset, ...parseLimit(reader), at };
}

function parseLimit(reader: TokenReader): { limit?: Expression } {
  if (reader.accept("LIMIT")) return reader.accept("ALL") ? {} : { limit: parseRowCount(reader) };
  if (!reader.accept("FETCH")) return {};
  if (!reader.accept("FIRST")) reader.expect("NEXT");
  const at = reader.at;
  const limit: Expression = reader.isWord("ROW", "ROWS")
    ? { kind: "integer", value: "1", at }
    : parseRowCount(reader);
  if (!reader.accept("ROW")) reader.expect("ROWS");
  if (reader.accept("WITH", "TIES")) throw reader.refuse("FETCH FIRST ... WITH TIES");
  reader.expect("ONLY");
  return { limit };
}

function parseRowCount(reader: TokenReader): Expression {
  if (reader.token.kind !== "integer" && !reader.isSymbol("?")) throw reader.mismatch("<integer>, '?'");
  return reader.primary();
}

function parseWith(reader: TokenReader): CommonTable[] {
  if (reader.accept("RECURSIVE")) throw reader.refuse("WITH RECURSIVE");
  return reader.commaSeparated(() => {
    const at = reader.at;
    const name = reader.identifier();
    const columns = reader.isSymbol("(")
      ? { columns: reader.parenthesized(() => reader.commaSeparated(() => reader.identifier())) }
      : {};
    reader.expect("AS");
    return { name, ...columns, query: reader.parenthesized(() => parseQuery(reader)), at };
  });
}

function parseUnion(reader: TokenReader): QueryBody {
  let left = parseIntersect(reader);
  while (reader.isWord("UNION", "EXCEPT")) {
    const { value, at } = reader.take();
    const all = parseAll(reader);
    left = {
      kind: "setOperation",
      operator: value as "UNION" | "EXCEPT",
      all,
      left,
      right: parseIntersect(reader),
      at,
    };
  }
  return left;
}

function parseIntersect(reader: TokenReader): QueryBody {
  let left = parseBody(reader);
  while (reader.isWord("INTERSECT")) {
    const { at } = reader.take();
    const all = parseAll(reader);
    left = { kind: "setOperation", operator: "INTERSECT", all, left, right: parseBody(reader), at };
  }
  return left;
}

function parseAll(reader: TokenReader): boolean {
  if (reader.accept("ALL")) return true;
  reader.accept("DISTINCT");
  return false;
}

function parseBody(reader: TokenReader): QueryBody {
  const at = reader.at;
  if (reader.isWord("SELECT")) return parseSelect(reader);
  if (reader.accept("VALUES")) {
    return { kind: "values", rows: reader.commaSeparated(() => reader.expression()), at };
  }
  if (reader.accept("TABLE")) {
    const from = { kind: "table", name: reader.qualifiedName(), at } as const;
    return { kind: "select", distinct: false, items: [{ at }], from, windows: [], at };
  }
  if (reader.isSymbol("(")) {
    return { kind: "parenthesized", query: reader.parenthesized(() => parseQuery(reader)), at };
  }
  throw reader.mismatch("'(', 'SELECT', 'TABLE', 'VALUES'");
}

function parseSelect(reader: TokenReader): Select {
  const { at } = reader.take();
  const distinct = reader.accept("DISTINCT");
  if (!distinct) reader.accept("ALL");
  const items = reader.commaSeparated(() => parseSelectItem(reader));
  const from = reader.accept("FROM") ? { from: parseRelations(reader) } : {};
  const where = reader.accept("WHERE") ? { where: reader.expression() } : {};
  const groupBy = reader.accept("GROUP", "BY") ? { groupBy: parseGroupBy(reader) } : {};
  const having = reader.accept("HAVING") ? { having: reader.expression() } : {};
  const windows = reader.isWord("WINDOW") && reader.isIdentifier(1) ? parseWindows(reader) : [];
  return { kind: "select", distinct, items, ...from, ...where, ...groupBy, ...having, windows, at };
}

function parseWindows(reader: TokenReader): Select["windows"] {
  reader.expect("WINDOW");
  return reader.commaSeparated(() => {
    const name = reader.identifier();
    reader.expect("AS");
    return { name, specification: reader.parenthesized(() => parseWindowSpecification(reader)) };
  });
}

function parseSelectItem(reader: TokenReader): SelectItem {
  const at = reader.at;
  if (reader.acceptSymbol("*")) return { at };
  const mark = reader.mark();
  if (reader.isIdentifier(0)) {
    const qualifier = [reader.identifier()];
    while (reader.isSymbol(".") && reader.isIdentifier(1)) {
      reader.take();
      qualifier.push(reader.identifier());
    }
    if (reader.isSymbol(".") && reader.peek(1).value === "*") {
      reader.take();
      reader.take();
      if (reader.isWord("AS")) throw reader.refuse("column aliases of `.*`");
      return { qualifier, at };
    }
    reader.rewind(mark);
  }
  const expression = reader.expression();
  if (reader.accept("AS") || reader.isIdentifier(0)) return { expression, alias: reader.identifier(), at };
  return { expression, at };
}

function parseGroupBy(reader: TokenReader): GroupingElement[] {
  if (reader.accept("DISTINCT")) throw reader.refuse("GROUP BY DISTINCT");
  const opens = () => reader.peek(1).kind === "symbol" && reader.peek(1).value === "(";
  if (reader.isWord("ALL") && !opens()) reader.take();
  return reader.commaSeparated((): GroupingElement => {
    if (reader.isWord("ROLLUP", "CUBE") && opens()) {
      const kind = reader.take().value === "ROLLUP" ? "rollup" : "cube";
      return {
        kind,
        sets: reader.parenthesized(() => reader.commaSeparated(() => parseGroupingSet(reader))),
      };
    }
    if (reader.accept("GROUPING", "SETS")) {
      return {
        kind: "sets",
        sets: reader.parenthesized(() => reader.commaSeparated(() => parseGroupingSet(reader))),
      };
    }
    return { kind: "simple", expressions: parseGroupingSet(reader) };
  });
}

function parseGroupingSet(reader: TokenReader): Expression[] {
  if (reader.isSymbol("(") && !reader.startsQuery()) {
    const mark = reader.mark();
    reader.take();
    const expressions = reader.isSymbol(")") ? [] : reader.commaSeparated(() => reader.expression());
    // `(a + 1) * 2` starts like a set too: only a set is followed by a comma, a parenthesis or the next clause.
    if (
      reader.acceptSymbol(")") &&
      !reader.isSymbol("+", "-", "*", "/", "%", "||", ".", "[", "=", "<", ">")
    ) {
      return expressions;
    }
    reader.rewind(mark);
  }
  return [reader.expression()];
}
