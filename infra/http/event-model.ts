import type { Dataset } from "../../schema/dataset.ts";
import { jsonSchemaOf, type JsonSchema } from "../../schema/json-schema.ts";

/** Events that one post may hold: what PutRecords takes. */
const mostEventsPerPost = 500;

/**
 * The model by which API Gateway checks a post: one event of the dataset, or an array of them. API Gateway knows JSON
 * Schema draft 4 (API Gateway guide, "Data models"), where `required` may not be empty.
 * @param partitionKey a required string column whose value becomes the partition key, and so has 1-256 characters.
 */
export function eventModel(dataset: Dataset, partitionKey?: string): JsonSchema {
  const { $schema: _draft7, title, description, required, properties, ...rest } = jsonSchemaOf(dataset);
  const columns = properties as Record<string, JsonSchema>;
  const names = required as string[];
  const event: JsonSchema = {
    ...rest,
    properties: {
      ...columns,
      ...(partitionKey === undefined
        ? {}
        : { [partitionKey]: { ...columns[partitionKey], minLength: 1, maxLength: 256 } }),
    },
    ...(names.length > 0 ? { required: names } : {}),
  };
  return {
    $schema: "http://json-schema.org/draft-04/schema#",
    title,
    description,
    definitions: { event },
    oneOf: [
      { $ref: "#/definitions/event" },
      {
        type: "array",
        items: { $ref: "#/definitions/event" },
        minItems: 1,
        maxItems: mostEventsPerPost,
      },
    ],
  };
}
