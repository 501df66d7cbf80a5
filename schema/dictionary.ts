import type { Column, Dataset } from "./dataset.ts";
import { layoutOf } from "./layout.ts";

/** The most values or examples that a page lists. */
const mostListed = 20;

/** The data dictionary pages of datasets, by the names of their files; one for each, however many pipelines it has. */
export function dictionaryPages(datasets: Iterable<Dataset>): Map<string, string> {
  return new Map([...datasets].map((dataset) => [`${dataset.name}.md`, dictionaryOf(dataset)]));
}

/** The data dictionary page of a dataset, in Markdown. */
export function dictionaryOf(dataset: Dataset): string {
  const layout = layoutOf(dataset);
  const rows = dataset.columns.map(
    (column) =>
      `| \`${column.columnName}\` | \`${column.name}\` | ${column.type} | ${column.required ? "yes" : ""} | ${meaningOf(column)} |`,
  );
  const partitions = layout.partitionKeys.map(
    ({ name, type, comment }) => `| \`${name}\` | | ${type} | | ${comment}. Name it in every WHERE clause. |`,
  );
  return [
    `# ${dataset.name}`,
    "",
    dataset.description,
    "",
    `Table \`${dataset.tableName}\`. Event time is \`${dataset.eventTime}\`, event id is \`${dataset.eventId}\`` +
      `${dataset.sessionId === undefined ? "" : `, session id is \`${dataset.sessionId}\``}. ` +
      `Partitions are by ${dataset.partitioning} of arrival in ${dataset.timeZone}, since ${dataset.since}.`,
    "",
    "| column | JSON key | type | required | meaning |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    ...partitions,
    "",
    "Generated from the declaration by `sluice dataset document`.",
    "",
  ].join("\n");
}

/** A column's description, with the values, examples and range that it declares. */
function meaningOf({ description, values, examples = [], minimum, maximum }: Column): string {
  const range =
    minimum !== undefined && maximum !== undefined
      ? `From ${minimum} to ${maximum}.`
      : minimum !== undefined
        ? `${minimum} or more.`
        : maximum !== undefined
          ? `${maximum} or less.`
          : undefined;
  // What the description says already need not be said again.
  const shown = values ? [] : examples.filter((example) => !description.includes(String(example)));
  return [
    inCell(description),
    ...(values ? [`One of ${listed(values)}.`] : []),
    ...(range === undefined ? [] : [range]),
    ...(shown.length > 0 ? [`Such as ${listed(shown)}.`] : []),
  ].join(" ");
}

function listed(values: readonly (string | number | boolean)[]): string {
  const more = values.length - mostListed;
  const codes = values.slice(0, mostListed).map((value) => inCell(code(String(value))));
  return codes.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Inline code, which may hold backticks itself (CommonMark 6.1). */
function code(text: string): string {
  if (text.trim() === "") return JSON.stringify(text);
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** Text in a cell of a table: no line ends, and bars escaped (GitHub Flavored Markdown 4.10). */
function inCell(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
}
