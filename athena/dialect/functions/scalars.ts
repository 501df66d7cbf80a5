import { arrayFunctions } from "./arrays.ts";
import { binaryFunctions } from "./binary.ts";
import { clockFunctions } from "./clock.ts";
import { dateFunctions } from "./dates.ts";
import { dateFormatFunctions } from "./date-formats.ts";
import { byName } from "./definition.ts";
import { decimalFunctions } from "./decimals.ts";
import { jsonFunctions } from "./json.ts";
import { lambdaFunctions } from "./lambdas.ts";
import { mapFunctions } from "./maps.ts";
import { mathFunctions } from "./math.ts";
import { regexpFunctions } from "./regexp.ts";
import { stringFunctions } from "./strings.ts";
import { urlFunctions } from "./urls.ts";

/** All functions of one row, by name. A function that is not here is refused: no name reaches DuckDB unseen. */
export const scalarFunctions = byName([
  ...stringFunctions,
  ...regexpFunctions,
  // Before the doubles: of two that fit as well, the first is taken.
  ...decimalFunctions,
  ...mathFunctions,
  ...clockFunctions,
  ...dateFunctions,
  ...dateFormatFunctions,
  ...arrayFunctions,
  ...lambdaFunctions,
  ...mapFunctions,
  ...jsonFunctions,
  ...urlFunctions,
  ...binaryFunctions,
]);
