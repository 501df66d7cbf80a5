import { z } from "zod";

/** Text of a configuration that must be a regular expression, so that a wrong one is told of before anything is evaluated. */
export const regularExpression = z.string().refine(
  (text) => {
    try {
      return new RegExp(text) instanceof RegExp;
    } catch {
      return false;
    }
  },
  { error: "is no regular expression" },
);
