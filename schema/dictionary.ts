import type { Dataset } from "./dataset.ts";
import { layoutOf } from "./layout.ts";

/** The data dictionary page of a dataset, in Markdown. */
export function dictionaryOf(dataset: Dataset): string {
  const layout = layoutOf(dataset);
  const rows = dataset.columns.map(
    ({ columnName, name, type, required, description }) =>
      `| \`${columnName}\` | \`${name}\` | ${type} | ${required ? "yes" : ""} | ${description} |`,
  );
  const partitions = layout.partitionKeys.map(
    ({ name, type, comment }) => `| \`${name}\` | | ${type} | | ${comment}. Name it in every WHERE clause. |`,
  );
  return [
    `# ${dataset.name}`,
    "",
    dataset.description,
    "",
    `Table \`${dataset.tableName}\`. Event time is \`${dataset.eventTime}\`, event id is \`${dataset.eventId}\`. ` +
      `Partitions are by ${dataset.partitioning} of arrival in ${dataset.timeZone}, since ${dataset.since}.`,
    "",
    "| column | JSON key | type | required | meaning |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    ...partitions,
    "",
    "Generated from the dataset by `npm run docs`.",
    "",
  ].join("\n");
}
