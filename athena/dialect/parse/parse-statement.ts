import { parseExpression, parseValue } from "./parse-expression.ts";
import { parsePrimary } from "./parse-primary.ts";
import { parseQuery } from "./parse-query.ts";
import type { Statement } from "./statement.ts";
import type { Expression } from "./syntax-tree.ts";
import { TokenReader } from "./token-reader.ts";

/** The rules of the grammar that call each other: given to the reader, so that no file imports its importer. */
const rules = { expression: parseExpression, value: parseValue, primary: parsePrimary, query: parseQuery };

/**
 * Reads one Athena statement; one semicolon may end it.
 * @throws {StatementSyntaxError} when the text is no Athena SQL.
 * @throws {QueryFailure} when it is and the local Athena does not run it.
 */
export function parseStatement(sql: string): Statement {
  const reader = new TokenReader(sql, rules);
  const statement = readStatement(reader);
  reader.acceptSymbol(";");
  if (reader.token.kind !== "end") throw reader.mismatch("<EOF>");
  return statement;
}

/** Reads an expression that stands alone, such as an execution parameter. @throws {StatementSyntaxError} */
export function parseStandaloneExpression(sql: string): Expression {
  const reader = new TokenReader(sql, rules);
  const expression = reader.expression();
  if (reader.token.kind !== "end") throw reader.mismatch("<EOF>");
  return expression;
}

/** Statements that Athena runs and the local Athena does not, by their first words; whether they are DDL. */
const unsupported: Readonly<Record<string, boolean>> = {
  ALTER: true,
  CREATE: true,
  DROP: true,
  MSCK: true,
  ANALYZE: true,
  INSERT: false,
  UNLOAD: false,
  DELETE: false,
  UPDATE: false,
  MERGE: false,
  OPTIMIZE: false,
  VACUUM: false,
};

function readStatement(reader: TokenReader): Statement {
  if (reader.startsQuery()) {
    const query = reader.query();
    return { kind: "select", query, parameterCount: reader.parameterCount };
  }
  const word = reader.token.kind === "word" ? reader.token.value : "";
  switch (word) {
    case "EXPLAIN":
      return readExplain(reader);
    case "SHOW":
      return readShow(reader);
    case "DESC":
    case "DESCRIBE":
      reader.take();
      if (!reader.accept("EXTENDED")) reader.accept("FORMATTED");
      return { kind: "describe", table: tableName(reader) };
    case "PREPARE":
      return readPrepare(reader);
    case "EXECUTE": {
      reader.take();
      if (reader.isWord("IMMEDIATE") && reader.peek(1).kind === "string")
        throw reader.refuse("EXECUTE IMMEDIATE");
      const name = preparedName(reader);
      const args = reader.accept("USING") ? reader.commaSeparated(() => reader.expression()) : [];
      return { kind: "execute", name, arguments: args };
    }
    case "DEALLOCATE":
      reader.take();
      reader.expect("PREPARE");
      return { kind: "deallocate", name: preparedName(reader) };
    default: {
      const ddl = unsupported[word];
      if (ddl === undefined)
        throw reader.mismatch("'DESCRIBE', 'EXECUTE', 'EXPLAIN', 'PREPARE', 'SELECT', 'SHOW', 'WITH'");
      const what = `${word} ${reader.peek(1).kind === "word" ? reader.peek(1).value : ""}`.trim();
      while (reader.token.kind !== "end") reader.take();
      return { kind: "unsupported", what, ddl };
    }
  }
}

function readExplain(reader: TokenReader): Statement {
  reader.take();
  if (reader.isWord("ANALYZE")) throw reader.refuse("EXPLAIN ANALYZE");
  if (reader.isSymbol("(") && !reader.startsQuery()) throw reader.refuse("EXPLAIN with options");
  const statement = readStatement(reader);
  return { kind: "explain", statement, parameterCount: reader.parameterCount };
}

function readPrepare(reader: TokenReader): Statement {
  reader.take();
  const name = preparedName(reader);
  reader.expect("FROM");
  const start = reader.token.start;
  readStatement(reader);
  return { kind: "prepare", name, text: reader.sql.slice(start, reader.token.start).trim() };
}

/** The name of a prepared statement keeps its case, as the API's names do. */
function preparedName(reader: TokenReader): string {
  const { kind, text, value } = reader.token;
  reader.identifier();
  return kind === "word" ? text : value;
}

function readShow(reader: TokenReader): Statement {
  reader.take();
  if (reader.accept("DATABASES") || reader.accept("SCHEMAS"))
    return { kind: "showDatabases", ...likePattern(reader) };
  if (reader.accept("TABLES")) {
    const inDatabase = reader.accept("IN") || reader.accept("FROM");
    return {
      kind: "showTables",
      ...(inDatabase && { database: ddlIdentifier(reader) }),
      ...likePattern(reader),
    };
  }
  if (reader.accept("COLUMNS")) {
    if (!reader.accept("IN")) reader.expect("FROM");
    const table = tableName(reader);
    if (reader.accept("IN") || reader.accept("FROM")) table.unshift(ddlIdentifier(reader));
    return { kind: "showColumns", table };
  }
  if (reader.accept("PARTITIONS")) return { kind: "showPartitions", table: tableName(reader) };
  if (reader.accept("CREATE", "TABLE")) return { kind: "showCreateTable", table: tableName(reader) };
  if (reader.accept("TBLPROPERTIES")) return { kind: "showProperties", table: tableName(reader) };
  if (reader.isWord("CREATE", "VIEWS", "FUNCTIONS", "STATS", "CATALOGS", "SESSION")) {
    throw reader.refuse(`SHOW ${reader.token.value}`);
  }
  throw reader.mismatch(
    "'COLUMNS', 'CREATE', 'DATABASES', 'PARTITIONS', 'SCHEMAS', 'TABLES', 'TBLPROPERTIES'",
  );
}

function likePattern(reader: TokenReader): { pattern?: string } {
  const like = reader.accept("LIKE");
  if (!like && reader.token.kind !== "string") return {};
  return { pattern: reader.string() };
}

/** Names in DDL are Hive's: back quotes are its quotes, and a name may start with a digit. */
function ddlIdentifier(reader: TokenReader): string {
  if (reader.token.kind === "backquoted") return reader.take().value.toLowerCase();
  return reader.identifier();
}

function tableName(reader: TokenReader): string[] {
  const parts = [ddlIdentifier(reader)];
  while (reader.acceptSymbol(".")) parts.push(ddlIdentifier(reader));
  return parts;
}
