import { QueryFailure } from "../parse/syntax-error.ts";
import type { Relation } from "../parse/syntax-tree.ts";
import type { Analysis } from "./analysis.ts";
import { equalSql, unify } from "./equality.ts";
import { typedField } from "./names.ts";
import { conjunctsOf, pushPartitionPredicates } from "./partition-predicates.ts";
import { requireBoolean } from "./predicates.ts";
import { resolve, type Field, type Scope } from "./scope.ts";
import { union } from "./typed.ts";

export interface JoinSide {
  readonly sql: string;
  readonly fields: readonly Field[];
  /** What must be read whichever columns are used. */
  readonly reads: ReadonlySet<string>;
}

type Join = Extract<Relation, { kind: "join" }>;

export function analyzeJoin(
  join: Join,
  left: JoinSide,
  right: JoinSide,
  lateral: boolean,
  outer: Scope,
  analysis: Analysis,
): JoinSide {
  const reads = union([left.reads, right.reads]);
  const rightSql = lateral ? `LATERAL ${right.sql}` : right.sql;
  if (join.type === "CROSS") {
    return { sql: `(${left.sql} CROSS JOIN ${rightSql})`, fields: [...left.fields, ...right.fields], reads };
  }
  if (join.using) return joinUsing(join, join.using, left, right, reads);
  if (!join.on) throw new Error("the grammar demands ON or USING");

  const condition = requireBoolean(
    analysis.expression(join.on, { fields: [...left.fields, ...right.fields], parent: outer }),
    "JOIN ON clause",
    join.on.at,
  );
  // A condition narrows what is read of a side only where rows of that side must meet it to be kept.
  const narrowed = {
    INNER: [...left.fields, ...right.fields],
    LEFT: right.fields,
    RIGHT: left.fields,
    FULL: [],
  }[join.type];
  pushPartitionPredicates(conjunctsOf(join.on), narrowed, analysis);
  return {
    sql: `(${left.sql} ${join.type} JOIN ${rightSql} ON ${condition.sql})`,
    fields: keptFields(join.type, left.fields, right.fields),
    reads: union([reads, condition.reads]),
  };
}

/** A side whose rows can be filled with NULLs has no partition columns any more: a NULL there is no partition's value. */
function keptFields(type: Join["type"], left: readonly Field[], right: readonly Field[]): Field[] {
  const filled = (fields: readonly Field[]) => fields.map((field) => ({ ...field, partitionOf: [] }));
  return [
    ...(type === "RIGHT" || type === "FULL" ? filled(left) : left),
    ...(type === "LEFT" || type === "FULL" ? filled(right) : right),
  ];
}

function joinUsing(
  join: Join,
  names: readonly string[],
  left: JoinSide,
  right: JoinSide,
  reads: ReadonlySet<string>,
): JoinSide {
  const type = join.type as Exclude<Join["type"], "CROSS">;
  const keys = names.map((name) => {
    const [l, r] = [left, right].map((side) => {
      const field = resolve({ fields: side.fields }, [name], join.at);
      if (field) return field;
      throw new QueryFailure(
        "COLUMN_NOT_FOUND",
        `Column '${name}' is missing from one side of join`,
        join.at,
      );
    }) as [Field, Field];
    const sides = unify(typedField(l), typedField(r), "=", join.at);
    const sql = {
      INNER: sides.left,
      LEFT: sides.left,
      RIGHT: sides.right,
      FULL: `coalesce(${sides.left}, ${sides.right})`,
    }[type];
    const partitionOf = {
      INNER: [...l.partitionOf, ...r.partitionOf],
      LEFT: l.partitionOf,
      RIGHT: r.partitionOf,
      FULL: [],
    }[type];
    const key: Field = {
      name,
      relation: [],
      type: sides.type,
      sql,
      reads: union([l.reads, r.reads]),
      partitionOf,
    };
    return { key, condition: equalSql(sides.left, sides.right, sides.type, join.at), used: [l, r] };
  });
  const used = new Set(keys.flatMap((key) => key.used));
  const rest = keptFields(
    type,
    left.fields.filter((f) => !used.has(f)),
    right.fields.filter((f) => !used.has(f)),
  );
  return {
    sql: `(${left.sql} ${type} JOIN ${right.sql} ON ${keys.map((key) => key.condition).join(" AND ")})`,
    fields: [...keys.map(({ key }) => key), ...rest],
    reads: union([reads, ...keys.map(({ key }) => key.reads)]),
  };
}
