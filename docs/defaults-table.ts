import { defaults } from "../infra/defaults.ts";

/** The table of defaults in docs/settings.md. */
export function defaultsTable(): string {
  const rows = Object.entries(defaults).map(
    ([name, { value, meaning, limits, source }]) =>
      `| \`${name}\` | ${value === undefined ? "unset" : `\`${String(value)}\``} | ${meaning} | ${limits} | ${source} |`,
  );
  return [
    "| setting | default | what it decides | accepted | source |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
