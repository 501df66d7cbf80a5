import { UserError } from "../user-error.ts";

/**
 * Values for a query's parameters from the words of a command line that are no option of its own: `--limit 5`,
 * `--limit=5`, `--own-host example.org` for own_host.
 * @throws {UserError} for a word that belongs to no parameter, a value that is missing, or one given twice.
 */
export function namedValues(words: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const [, option, attached] = /^--([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (option === undefined) {
      throw new UserError(`"${word}": write a parameter as --name value, after the query's name.`);
    }
    const value = attached ?? words[++index];
    const name = option.replaceAll("-", "_");
    if (value === undefined) throw new UserError(`--${option} needs a value.`);
    if (Object.hasOwn(values, name)) throw new UserError(`--${option} is given twice.`);
    values[name] = value;
  }
  return values;
}
