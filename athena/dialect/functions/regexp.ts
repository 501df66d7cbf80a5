import { QueryFailure } from "../parse/syntax-error.ts";
import { quoteString } from "../../sql/quote.ts";
import { define, type BoundCall, type FunctionDefinition } from "./definition.ts";

/**
 * Trino documentation, "Regular expression functions". Java's syntax there, RE2's here: look-around and back references
 * are refused by RE2 itself; what both read differently is refused by `checked`.
 */
export const regexpFunctions: readonly FunctionDefinition[] = [
  define(
    "regexp_count(varchar, varchar) -> bigint",
    pattern((value, p) => `len(regexp_extract_all(${value}, ${p}))`),
  ),
  define(
    "regexp_extract(varchar, varchar) -> varchar",
    pattern((value, p) => extract(value, p, 0)),
  ),
  define("regexp_extract(varchar, varchar, bigint) -> varchar", (call) => {
    return extract(call.sqls[0] ?? "NULL", checked(call), groupOf(call));
  }),
  define(
    "regexp_extract_all(varchar, varchar) -> array(varchar)",
    pattern((value, p) => `regexp_extract_all(${value}, ${p})`),
  ),
  define("regexp_extract_all(varchar, varchar, bigint) -> array(varchar)", (call) => {
    return `regexp_extract_all(${call.sqls[0]}, ${checked(call)}, ${groupOf(call)})`;
  }),
  define(
    "regexp_like(varchar, varchar) -> boolean",
    pattern((value, p) => `regexp_matches(${value}, ${p})`),
  ),
  define(
    "regexp_replace(varchar, varchar) -> varchar",
    pattern((value, p) => `regexp_replace(${value}, ${p}, '', 'g')`),
  ),
  define("regexp_replace(varchar, varchar, varchar) -> varchar", replace),
  define(
    "regexp_split(varchar, varchar) -> array(varchar)",
    pattern((value, p) => `string_split_regex(${value}, ${p})`),
  ),
];

function pattern(write: (value: string, pattern: string) => string): (call: BoundCall) => string {
  return (call) => write(call.sqls[0] ?? "NULL", checked(call));
}

/** DuckDB gives '' where nothing matches, Trino NULL; a group that took no part in a match is NULL in Trino, too. */
function extract(value: string, p: string, group: number): string {
  return `CASE WHEN regexp_matches(${value}, ${p}) THEN regexp_extract(${value}, ${p}, ${group}) END`;
}

/** The group that the third argument names: one that takes part in every match. */
function groupOf(call: BoundCall): number {
  const number = /\d+/.exec(call.sqls[2] ?? "");
  const group = call.values[2]?.constant && number ? Number(number[0]) : undefined;
  const groups = capturingGroups(call.text(1));
  if (group === undefined) throw refused(call, "a group number that is no literal");
  if (group > groups.length) {
    throw new QueryFailure(
      "INVALID_FUNCTION_ARGUMENT",
      `Pattern has ${groups.length} groups. Cannot access group ${group}`,
      call.at,
    );
  }
  const optional = group > 0 && groups[group - 1];
  if (optional) throw refused(call, `group ${group}, which may take no part in a match`);
  return group;
}

/** For each capturing group, whether a match can leave it out: behind it, or a group around it, stands `?`, `*`, `{0` or `|`. */
function capturingGroups(text: string): boolean[] {
  const groups: { capturing: boolean; optional: boolean; children: number[] }[] = [];
  const open: number[] = [];
  const order: number[] = [];
  const topLevel = { hasAlternative: false };
  const alternatives = new Set<number>();
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "\\") i++;
    else if (c === "[") i = classEnd(text, i);
    else if (c === "(") {
      const capturing = text[i + 1] !== "?" || /^\(\?P?<[^=!]/.test(text.slice(i));
      groups.push({ capturing, optional: false, children: [] });
      const id = groups.length - 1;
      const parent = open.at(-1);
      if (parent !== undefined) groups[parent]?.children.push(id);
      open.push(id);
      if (capturing) order.push(id);
    } else if (c === ")") {
      const id = open.pop();
      if (id !== undefined && /^(?:[?*]|\{0)/.test(text.slice(i + 1))) markOptional(groups, id);
    } else if (c === "|") {
      const parent = open.at(-1);
      if (parent === undefined) topLevel.hasAlternative = true;
      else alternatives.add(parent);
    }
  }
  for (const id of alternatives) for (const child of groups[id]?.children ?? []) markOptional(groups, child);
  return order.map((id) => topLevel.hasAlternative || (groups[id]?.optional ?? false));
}

function markOptional(groups: { optional: boolean; children: number[] }[], id: number): void {
  const group = groups[id];
  if (!group) return;
  group.optional = true;
  for (const child of group.children) markOptional(groups, child);
}

function classEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "]" && i > start + 1) return i;
  }
  return text.length;
}

function replace(call: BoundCall): string {
  const replacement = call.text(2);
  if (/\$\{/.test(replacement) || /\$\d\d/.test(replacement))
    throw refused(call, `the replacement '${replacement}'`);
  // Trino: `$1` is a group and a backslash escapes; DuckDB: `\1` is a group.
  const translated = replacement.replaceAll(/\\(.)|\$(\d)|\\/gs, (_, escaped?: string, group?: string) => {
    if (group !== undefined) return `\\${group}`;
    return escaped === undefined || escaped === "\\" ? "\\\\" : escaped;
  });
  return `regexp_replace(${call.sqls[0]}, ${checked(call)}, ${quoteString(translated)}, 'g')`;
}

/** @throws {QueryFailure} NOT_SUPPORTED, for syntax that Java and RE2 read differently. */
function checked(call: BoundCall): string {
  const text = call.text(1);
  const differs = /\(\?<?[=!]|\(\?>|\\[hHRXGZ]|[*+?}]\+|\[[^\]]*&&|\\[1-9]|\\k<|\(\?<[A-Za-z]/.exec(text);
  if (differs) throw refused(call, `'${differs[0]}' in a regular expression`);
  return quoteString(text);
}

function refused(call: BoundCall, what: string): QueryFailure {
  return new QueryFailure("NOT_SUPPORTED", `the local Athena does not run ${what}`, call.at);
}
