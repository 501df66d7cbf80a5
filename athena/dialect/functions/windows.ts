import { aggregate, byName, type AggregateDefinition } from "./definition.ts";

const windowOnly = true;

/** Trino documentation, "Window functions". */
export const windowFunctions = byName<AggregateDefinition>([
  aggregate("cume_dist() -> double", "cume_dist", { windowOnly }),
  aggregate("dense_rank() -> bigint", "dense_rank", { windowOnly }),
  aggregate("first_value(T) -> T", "first_value", { windowOnly }),
  aggregate("lag(T) -> T", "lag", { windowOnly }),
  aggregate("lag(T, bigint) -> T", "lag", { windowOnly }),
  aggregate("lag(T, bigint, T) -> T", "lag", { windowOnly }),
  aggregate("last_value(T) -> T", "last_value", { windowOnly }),
  aggregate("lead(T) -> T", "lead", { windowOnly }),
  aggregate("lead(T, bigint) -> T", "lead", { windowOnly }),
  aggregate("lead(T, bigint, T) -> T", "lead", { windowOnly }),
  aggregate("nth_value(T, bigint) -> T", "nth_value", { windowOnly }),
  aggregate("ntile(bigint) -> bigint", "ntile", { windowOnly }),
  aggregate("percent_rank() -> double", "percent_rank", { windowOnly }),
  aggregate("rank() -> bigint", "rank", { windowOnly }),
  aggregate("row_number() -> bigint", "row_number", { windowOnly }),
]);
