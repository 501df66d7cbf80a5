import type { Position } from "./position.ts";
import type { TypeNode } from "./type-node.ts";

export interface SortItem {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsFirst?: boolean;
}

export interface FrameBound {
  readonly kind: "unboundedPreceding" | "unboundedFollowing" | "currentRow" | "preceding" | "following";
  readonly offset?: Expression;
}

export interface WindowSpecification {
  readonly base?: string;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
  readonly frame?: {
    readonly unit: "RANGE" | "ROWS" | "GROUPS";
    readonly start: FrameBound;
    readonly end?: FrameBound;
  };
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";
export type ComparisonOperator = "=" | "<>" | "<" | "<=" | ">" | ">=";

export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly star: boolean;
  readonly distinct: boolean;
  readonly orderBy: readonly SortItem[];
  readonly filter?: Expression;
  readonly ignoreNulls: boolean;
  readonly over?: WindowSpecification | string;
  readonly at: Position;
}

interface Binary<Kind extends string> {
  readonly kind: Kind;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: Position;
}

export type Expression =
  | { readonly kind: "null"; readonly at: Position }
  | { readonly kind: "boolean"; readonly value: boolean; readonly at: Position }
  | {
      readonly kind: "integer" | "decimal" | "double" | "string" | "binary";
      readonly value: string;
      readonly at: Position;
    }
  | { readonly kind: "typed"; readonly type: TypeNode; readonly value: string; readonly at: Position }
  | {
      readonly kind: "interval";
      readonly negative: boolean;
      readonly value: string;
      readonly from: string;
      readonly to?: string;
      readonly at: Position;
    }
  | { readonly kind: "parameter"; readonly index: number; readonly at: Position }
  | { readonly kind: "name"; readonly name: string; readonly at: Position }
  | { readonly kind: "dereference"; readonly base: Expression; readonly field: string; readonly at: Position }
  | {
      readonly kind: "subscript";
      readonly base: Expression;
      readonly index: Expression;
      readonly at: Position;
    }
  | Call
  | {
      readonly kind: "lambda";
      readonly parameters: readonly string[];
      readonly body: Expression;
      readonly at: Position;
    }
  | { readonly kind: "row" | "array"; readonly items: readonly Expression[]; readonly at: Position }
  | { readonly kind: "subquery"; readonly query: Query; readonly at: Position }
  | { readonly kind: "exists"; readonly query: Query; readonly at: Position }
  | {
      readonly kind: "case";
      readonly operand?: Expression;
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise?: Expression;
      readonly at: Position;
    }
  | {
      readonly kind: "cast";
      readonly value: Expression;
      readonly type: TypeNode;
      readonly safe: boolean;
      readonly at: Position;
    }
  | {
      readonly kind: "atTimeZone";
      readonly value: Expression;
      readonly zone: Expression;
      readonly at: Position;
    }
  | { readonly kind: "extract"; readonly field: string; readonly value: Expression; readonly at: Position }
  | { readonly kind: "grouping"; readonly names: readonly Expression[]; readonly at: Position }
  | { readonly kind: "negate" | "not"; readonly value: Expression; readonly at: Position }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: Position;
    }
  | Binary<"concat">
  | Binary<"and">
  | Binary<"or">
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: Position;
    }
  | {
      readonly kind: "quantified";
      readonly operator: ComparisonOperator;
      readonly quantifier: "ALL" | "ANY";
      readonly left: Expression;
      readonly query: Query;
      readonly at: Position;
    }
  | {
      readonly kind: "between";
      readonly value: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly negated: boolean;
      readonly at: Position;
    }
  | {
      readonly kind: "in";
      readonly value: Expression;
      readonly items: readonly Expression[] | Query;
      readonly negated: boolean;
      readonly at: Position;
    }
  | {
      readonly kind: "like";
      readonly value: Expression;
      readonly pattern: Expression;
      readonly escape?: Expression;
      readonly negated: boolean;
      readonly at: Position;
    }
  | { readonly kind: "isNull"; readonly value: Expression; readonly negated: boolean; readonly at: Position }
  | {
      readonly kind: "distinctFrom";
      readonly left: Expression;
      readonly right: Expression;
      readonly negated: boolean;
      readonly at: Position;
    };

export interface SelectItem {
  /** `undefined` with `star`: all columns, of `qualifier` where it is given. */
  readonly expression?: Expression;
  readonly alias?: string;
  readonly qualifier?: readonly string[];
  readonly at: Position;
}

export type GroupingElement =
  | { readonly kind: "simple"; readonly expressions: readonly Expression[] }
  | { readonly kind: "rollup" | "cube" | "sets"; readonly sets: readonly (readonly Expression[])[] };

export interface Select {
  readonly kind: "select";
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from?: Relation;
  readonly where?: Expression;
  readonly groupBy?: readonly GroupingElement[];
  readonly having?: Expression;
  readonly windows: readonly { readonly name: string; readonly specification: WindowSpecification }[];
  readonly at: Position;
}

export type QueryBody =
  | Select
  | { readonly kind: "values"; readonly rows: readonly Expression[]; readonly at: Position }
  | {
      readonly kind: "setOperation";
      readonly operator: "UNION" | "INTERSECT" | "EXCEPT";
      readonly all: boolean;
      readonly left: QueryBody;
      readonly right: QueryBody;
      readonly at: Position;
    }
  | { readonly kind: "parenthesized"; readonly query: Query; readonly at: Position };

export interface CommonTable {
  readonly name: string;
  readonly columns?: readonly string[];
  readonly query: Query;
  readonly at: Position;
}

export interface Query {
  readonly kind: "query";
  readonly with: readonly CommonTable[];
  readonly body: QueryBody;
  readonly orderBy: readonly SortItem[];
  readonly offset?: Expression;
  readonly limit?: Expression;
  readonly at: Position;
}

export type Relation =
  | { readonly kind: "table"; readonly name: readonly string[]; readonly at: Position }
  | {
      readonly kind: "subqueryRelation";
      readonly query: Query;
      readonly lateral: boolean;
      readonly at: Position;
    }
  | {
      readonly kind: "unnest";
      readonly expressions: readonly Expression[];
      readonly ordinality: boolean;
      readonly at: Position;
    }
  | {
      readonly kind: "alias";
      readonly relation: Relation;
      readonly alias: string;
      readonly columns?: readonly string[];
      readonly at: Position;
    }
  | {
      readonly kind: "join";
      readonly type: "CROSS" | "INNER" | "LEFT" | "RIGHT" | "FULL";
      readonly left: Relation;
      readonly right: Relation;
      readonly on?: Expression;
      readonly using?: readonly string[];
      readonly at: Position;
    };
