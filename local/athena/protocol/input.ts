import { invalidRequest } from "./api-error.ts";

/** The members of a request. */
export type Input = Readonly<Record<string, unknown>>;

/** @throws {ApiError} INVALID_INPUT, when the member is missing, no string, or longer than the API takes. */
export function requiredText(input: Input, member: string, maxBytes = 262_144): string {
  const value = optionalText(input, member, maxBytes);
  if (value === undefined || value === "") throw invalidRequest(`${lowerFirst(member)} is null or empty`);
  return value;
}

export function optionalText(input: Input, member: string, maxBytes = 262_144): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalidRequest(`${lowerFirst(member)} must be a string`);
  if (Buffer.byteLength(value) > maxBytes)
    throw invalidRequest(`${lowerFirst(member)} is longer than ${maxBytes} bytes`);
  return value;
}

export function optionalTexts(input: Input, member: string): string[] | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) {
    throw invalidRequest(`${lowerFirst(member)} must be a list of strings`);
  }
  return value as string[];
}

export function nested(input: Input, member: string): Input {
  const value = input[member];
  return typeof value === "object" && value !== null ? (value as Input) : {};
}

/** @throws {ApiError} when the number is outside of the API's limits. */
export function pageSize(input: Input, limit: number): number {
  const value = input["MaxResults"] ?? limit;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= limit) return value;
  throw invalidRequest(`maxResults must be between 1 and ${limit}`);
}

/** One page of a list. Tokens are positions. @throws {ApiError} when the token is none of ours. */
export function page<Item>(
  items: readonly Item[],
  input: Input,
  limit: number,
): { items: Item[]; NextToken?: string } {
  const token = optionalText(input, "NextToken");
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString());
  if (!Number.isInteger(start) || start < 0) throw invalidRequest("nextToken is not valid");
  const end = start + pageSize(input, limit);
  const more = end < items.length;
  return {
    items: items.slice(start, end),
    ...(more && { NextToken: Buffer.from(String(end)).toString("base64url") }),
  };
}

function lowerFirst(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}
