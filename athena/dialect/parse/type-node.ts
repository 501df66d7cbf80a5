import type { Position } from "./position.ts";

/** A type as written in CAST or in front of a literal: `decimal(10,2)`, `array(varchar)`, `timestamp with time zone`. */
export interface TypeNode {
  readonly name: string;
  readonly arguments: readonly (number | { readonly field?: string; readonly type: TypeNode })[];
  readonly at: Position;
}
