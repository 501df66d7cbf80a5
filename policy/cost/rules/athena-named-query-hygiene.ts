import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import type { NamedQuery } from "../../authoring/athena.ts";
import { isSet } from "../../authoring/unknown.ts";
import { filtersOn, readsTable, selectsStarOfTable } from "../../authoring/sql-text.ts";

export const athenaNamedQueryHygiene = defineResourceRule<NamedQuery>()({
  name: "athena-named-query-hygiene",
  description:
    "A named query belongs to a workgroup of its own, says what it is for and reads only what it needs.",
  why: "In the workgroup `primary` no limit of yours holds. A saved query is copied and run by people who did not write it: without a partition predicate each run scans the whole table, with `SELECT *` all its columns.",
  level: "advisory",
  severity: "medium",
  framework: { name: "AWS documentation", reference: "Athena: top performance tuning tips" },
  tags: ["cost", "athena", "sql"],
  types: ["aws:athena/namedQuery:NamedQuery"],
  remediationSteps: [
    "Set `workgroup` to the pipeline's workgroup and `description` to a sentence.",
    "Filter on a partition column in WHERE.",
    "Name the columns instead of `SELECT *`.",
  ],
  config: {
    partitionColumns: z
      .array(z.string())
      .default(["dt", "year", "month", "day", "hour"])
      .describe("Columns of which a query must filter on one."),
  },
  checks: [
    ({ props, violation }) => {
      if (!isSet(props, "workgroup")) violation("workgroup is unset, which means primary");
      else if (props.workgroup === "primary") violation("workgroup is primary");
    },
    ({ props, violation }) => {
      if (!isSet(props, "description")) violation("description is unset");
    },
    ({ props, config, violation }) => {
      if (!readsTable(props.query) || filtersOn(props.query, config.partitionColumns)) return;
      violation(`no WHERE filters on a partition column (${config.partitionColumns.join(", ")})`);
    },
    ({ props, violation }) => {
      if (selectsStarOfTable(props.query)) violation("SELECT * reads every column; name those you need");
    },
  ],
});
