/**
 * A record's data in base64 has this many characters at most, 1,023,999 bytes: Firehose takes 1,000 KiB
 * (aws-semantics 1.1) and refuses nothing when it reads a stream, so more must not get there.
 */
const mostDataCharacters = Math.floor((1000 * 1024) / 3) * 4;

/**
 * A post becomes one record: its events, one a line. Without `Data` Kinesis refuses the record, which the answer's
 * template turns into 413: a mapping template itself can't refuse.
 *
 * A loop of a mapping template ends after 1,000 rounds (API Gateway guide, "Quotas"); the model allows 500 events.
 */
export function packedRecord(streamName: string): string {
  return `#set($newline = $util.base64Decode("Cg=="))
#set($body = $input.json('$'))
#set($lines = "$body$newline")
#if($body.startsWith("["))
#set($lines = "")
#foreach($event in $input.path('$'))
#set($line = $input.json("$[$foreach.index]"))
#set($lines = "$lines$line$newline")
#end
#end
#set($data = $util.base64Encode($lines))
{
  "StreamName": "${streamName}",
  "PartitionKey": "$context.requestId"#if($data.length() <= ${mostDataCharacters}),
  "Data": "$data"#end
}
`;
}

/**
 * Each event of a post becomes a record of its own.
 * @param partitionKey the column whose value is the record's key. Default: - a random one for each event.
 */
export function recordPerEvent(streamName: string, partitionKey?: string): string {
  const keyOf = (path: string, index: string) =>
    partitionKey === undefined
      ? `"\${context.requestId}-${index}"`
      : `$input.json("${path}.${partitionKey}")`;
  const record = (path: string, index: string) => `#set($event = $input.json("${path}"))
#set($data = $util.base64Encode("$event$newline"))
{ "PartitionKey": ${keyOf(path, index)}#if($data.length() <= ${mostDataCharacters}), "Data": "$data"#end }`;
  return `#set($newline = $util.base64Decode("Cg=="))
{
  "StreamName": "${streamName}",
  "Records": [
#if($input.json('$').startsWith("["))
#foreach($each in $input.path('$'))
${record("$[$foreach.index]", "$foreach.index")}#if($foreach.hasNext),#end
#end
#else
${record("$", "0")}
#end
  ]
}
`;
}

/** The answer to a packed post that arrived: nothing failed. */
export const allArrived = `{"failed": []}
`;

/**
 * The answer of PutRecords: which events of the post failed, by their place in it, so that a client sends just those
 * again. Kinesis's messages name the account, so they are not passed on.
 */
export const failedEvents = `#set($separator = "")
{"failed": [
#foreach($record in $input.path('$.Records'))
#if($record.ErrorCode)
$separator {"index": $foreach.index, "code": "$record.ErrorCode"}
#set($separator = ",")
#end
#end
]}
`;

/**
 * The answer when Kinesis refuses the call. Its status is 500, our mistake, unless the call was throttled (429) or
 * the post is too large (413).
 */
export const refusedCall = `#set($type = $input.path('$.__type'))
#if($type.contains("ThroughputExceeded") || $type.contains("LimitExceeded") || $type.contains("Throttling"))
#set($context.responseOverride.status = 429)
{"message": "Too many events for the stream at the moment. Send the post again later."}
#elseif($type.contains("ValidationException") || $type.contains("InvalidArgument"))
#set($context.responseOverride.status = 413)
{"message": "The post is too large: a record holds 1,023,999 bytes at most. Send fewer events."}
#else
{"message": "The stream refused the events."}
#end
`;

/** The answer when Kinesis itself fails. */
export const unavailable = `{"message": "The stream is not available. Send the post again later."}
`;
