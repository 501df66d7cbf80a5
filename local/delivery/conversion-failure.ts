/** Why an event could not be converted, in the words of Firehose's error output (aws-semantics 1.5). */
export class ConversionFailure extends Error {
  readonly code: "DataFormatConversion.ParseError" | "DataFormatConversion.MalformedData";

  constructor(code: ConversionFailure["code"], message: string) {
    super(message);
    this.name = "ConversionFailure";
    this.code = code;
  }
}

export function malformedJson(reason: string): ConversionFailure {
  return new ConversionFailure("DataFormatConversion.ParseError", `Encountered malformed JSON. ${reason}`);
}

export function emptyRecord(): ConversionFailure {
  return new ConversionFailure(
    "DataFormatConversion.MalformedData",
    "The record was empty or contained only whitespace.",
  );
}

export function doesNotMatch(reason: string): ConversionFailure {
  return new ConversionFailure(
    "DataFormatConversion.MalformedData",
    `Data does not match the schema. ${reason}`,
  );
}

/** A text that is no value of the column's type: Java's NumberFormatException, as captured. */
export function inputString(text: string): ConversionFailure {
  return doesNotMatch(`For input string: "${text}"`);
}
