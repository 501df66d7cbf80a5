import type { Relation } from "./syntax-tree.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads what follows FROM; a comma is a cross join. */
export function parseRelations(reader: TokenReader): Relation {
  let left = parseJoins(reader);
  while (reader.isSymbol(",")) {
    const { at } = reader.take();
    left = { kind: "join", type: "CROSS", left, right: parseJoins(reader), at };
  }
  return left;
}

function parseJoins(reader: TokenReader): Relation {
  let left = parseAliased(reader);
  for (;;) {
    const at = reader.at;
    if (reader.accept("CROSS")) {
      reader.expect("JOIN");
      left = { kind: "join", type: "CROSS", left, right: parseAliased(reader), at };
      continue;
    }
    if (reader.isWord("NATURAL")) throw reader.refuse("NATURAL joins (nor does Athena)");
    const type = joinType(reader);
    if (!type) return left;
    const right = parseAliased(reader);
    if (reader.accept("USING")) {
      const using = reader.parenthesized(() => reader.commaSeparated(() => reader.identifier()));
      left = { kind: "join", type, left, right, using, at };
    } else {
      reader.expect("ON");
      left = { kind: "join", type, left, right, on: reader.expression(), at };
    }
  }
}

function joinType(reader: TokenReader): "INNER" | "LEFT" | "RIGHT" | "FULL" | undefined {
  if (reader.accept("JOIN")) return "INNER";
  if (reader.accept("INNER")) {
    reader.expect("JOIN");
    return "INNER";
  }
  if (!reader.isWord("LEFT", "RIGHT", "FULL")) return undefined;
  const type = reader.take().value as "LEFT" | "RIGHT" | "FULL";
  reader.accept("OUTER");
  reader.expect("JOIN");
  return type;
}

const clauseWords = ["TABLESAMPLE", "MATCH_RECOGNIZE", "OFFSET", "LIMIT", "FETCH", "WINDOW"];

function parseAliased(reader: TokenReader): Relation {
  const relation = parsePrimaryRelation(reader);
  const at = reader.at;
  if (reader.isWord("TABLESAMPLE", "MATCH_RECOGNIZE")) throw reader.refuse(reader.token.value);
  const named = reader.accept("AS") || (reader.isIdentifier(0) && !startsClause(reader));
  if (!named) return relation;
  const alias = reader.identifier();
  const columns = reader.isSymbol("(")
    ? { columns: reader.parenthesized(() => reader.commaSeparated(() => reader.identifier())) }
    : {};
  if (reader.isWord("TABLESAMPLE", "MATCH_RECOGNIZE")) throw reader.refuse(reader.token.value);
  return { kind: "alias", relation, alias, ...columns, at };
}

/** OFFSET, LIMIT and the like are names too: they start a clause when a number or a word of theirs follows. */
function startsClause(reader: TokenReader): boolean {
  if (!reader.isWord(...clauseWords)) return false;
  const next = reader.peek(1);
  return (
    next.kind === "integer" ||
    next.value === "?" ||
    ["ALL", "FIRST", "NEXT"].includes(next.value) ||
    reader.isWord("WINDOW")
  );
}

function parsePrimaryRelation(reader: TokenReader): Relation {
  const at = reader.at;
  const opens = reader.peek(1).kind === "symbol" && reader.peek(1).value === "(";
  if (reader.isWord("UNNEST")) {
    reader.take();
    const expressions = reader.parenthesized(() => reader.commaSeparated(() => reader.expression()));
    return { kind: "unnest", expressions, ordinality: reader.accept("WITH", "ORDINALITY"), at };
  }
  if (reader.isWord("LATERAL") && opens) {
    reader.take();
    return { kind: "subqueryRelation", query: reader.parenthesized(() => reader.query()), lateral: true, at };
  }
  if (reader.isWord("TABLE", "JSON_TABLE") && opens) throw reader.refuse("table functions");
  if (!reader.isSymbol("(")) {
    const name = reader.qualifiedName();
    if (reader.isWord("FOR") && ["TIMESTAMP", "VERSION"].includes(reader.peek(1).value)) {
      throw reader.refuse("FOR TIMESTAMP AS OF");
    }
    return { kind: "table", name, at };
  }
  if (reader.startsQuery()) {
    const mark = reader.mark();
    reader.expectSymbol("(");
    const nested = reader.isSymbol("(");
    const query = reader.query();
    if (!nested || reader.isSymbol(")")) {
      reader.expectSymbol(")");
      return { kind: "subqueryRelation", query, lateral: false, at };
    }
    // `((SELECT ...) AS a JOIN b ...)` starts like a query too.
    reader.rewind(mark);
  }
  return reader.parenthesized(() => parseRelations(reader));
}
