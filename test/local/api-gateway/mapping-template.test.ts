import assert from "node:assert/strict";
import fc from "fast-check";
import {
  failedEvents,
  packedRecord,
  recordPerEvent,
  refusedCall,
} from "../../../infra/http/mapping-templates.ts";
import { compileTemplate } from "../../../local/api-gateway/mapping-template.ts";
import { inputVariable, utilVariable } from "../../../local/api-gateway/template-variables.ts";

interface Context {
  requestId: string;
  responseOverride: { status?: number; header: object };
}

const context = (): Context => ({ requestId: "r-1", responseOverride: { header: {} } });
const noParameters = { path: {}, querystring: {}, header: {} };
const fill = (template: string, body: string, variables = context(), parameters = noParameters) =>
  compileTemplate(template)({
    input: inputVariable(body, parameters),
    context: variables,
    util: utilVariable,
    stageVariables: {},
  });
const dataIn = (filled: string) => {
  const { Data } = JSON.parse(filled) as { Data: string };
  return Buffer.from(Data, "base64").toString();
};

describe("the template of a packed record", () => {
  const filled = (body: string) => fill(packedRecord("clicks"), body);

  it("gives back whatever events come in, one a line", () => {
    const event = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 5 }), (events) => {
        const texts = events.map((each) => JSON.stringify(each));
        assert.equal(dataIn(filled(`[${texts.join(", ")}]`)), texts.map((text) => `${text}\n`).join(""));
        assert.equal(dataIn(filled(` ${texts[0]} `)), `${texts[0]}\n`);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps each digit of large numbers", () => {
    assert.equal(
      dataIn(filled('[{"n":12345678901234567890,"m":1.10}]')),
      '{"n":12345678901234567890,"m":1.10}\n',
    );
  });

  it("names the stream and the request", () => {
    const { StreamName, PartitionKey } = JSON.parse(filled("{}")) as Record<string, string>;
    assert.deepEqual([StreamName, PartitionKey], ["clicks", "r-1"]);
  });

  it("leaves the data out from 1,000 KiB on, so that Kinesis refuses it", () => {
    const event = (bytes: number) => JSON.stringify({ a: "x".repeat(bytes - '{"a":""}\n'.length) });
    assert.equal(dataIn(filled(event(1_023_999))).length, 1_023_999);
    assert.ok(!("Data" in (JSON.parse(filled(event(1_024_000))) as object)));
  });
});

describe("the template of records of their own", () => {
  it("takes the key from the column, whatever is in it", () => {
    const body = '[{"who":"a\\"b"},{"who":"$x"}]';
    const { Records } = JSON.parse(fill(recordPerEvent("clicks", "who"), body)) as {
      Records: { PartitionKey: string; Data: string }[];
    };
    assert.deepEqual(
      Records.map(({ PartitionKey }) => PartitionKey),
      ['a"b', "$x"],
    );
    assert.deepEqual(
      Records.map(({ Data }) => Buffer.from(Data, "base64").toString()),
      ['{"who":"a\\"b"}\n', '{"who":"$x"}\n'],
    );
  });

  it("makes a key for each event where no column is named", () => {
    const keysOf = (body: string) =>
      (
        JSON.parse(fill(recordPerEvent("clicks"), body)) as { Records: { PartitionKey: string }[] }
      ).Records.map(({ PartitionKey }) => PartitionKey);
    assert.deepEqual(keysOf("[{},{}]"), ["r-1-0", "r-1-1"]);
    assert.deepEqual(keysOf("{}"), ["r-1-0"]);
  });
});

describe("the templates of answers", () => {
  it("name the events that failed by their place, without Kinesis's messages", () => {
    const answer = JSON.stringify({
      FailedRecordCount: 2,
      Records: [
        { SequenceNumber: "1", ShardId: "s" },
        { ErrorCode: "ProvisionedThroughputExceededException", ErrorMessage: "account 123456789012" },
        { SequenceNumber: "2", ShardId: "s" },
        { ErrorCode: "InternalFailure", ErrorMessage: "Internal Service Failure" },
      ],
    });
    assert.deepEqual(JSON.parse(fill(failedEvents, answer)), {
      failed: [
        { index: 1, code: "ProvisionedThroughputExceededException" },
        { index: 3, code: "InternalFailure" },
      ],
    });
  });

  for (const [type, status] of [
    ["ProvisionedThroughputExceededException", 429],
    ["KMSThrottlingException", 429],
    ["LimitExceededException", 429],
    ["ValidationException", 413],
    ["InvalidArgumentException", 413],
    ["AccessDeniedException", undefined],
    ["ResourceNotFoundException", undefined],
  ] as const) {
    it(`${status === undefined ? "leave" : "give"} ${type} the status ${status ?? "that is declared"}`, () => {
      const variables = context();
      const answer = fill(refusedCall, JSON.stringify({ __type: type, message: "m" }), variables);
      assert.equal(variables.responseOverride.status, status);
      assert.equal(typeof (JSON.parse(answer) as { message: unknown }).message, "string");
    });
  }

  it("say something where Kinesis said nothing that can be read", () => {
    assert.deepEqual(JSON.parse(fill(refusedCall, "")), { message: "The stream refused the events." });
  });
});

describe("a mapping template", () => {
  it("knows the parameters of the request, by names as they were sent", () => {
    const parameters = { path: {}, querystring: { q: "1" }, header: { Origin: "https://a.example" } };
    const filled = fill(
      '$input.params("q") $input.params("Origin") [$input.params("origin")] $input.params().header.get("Origin")',
      "{}",
      context(),
      parameters,
    );
    assert.equal(filled, "1 https://a.example [] https://a.example");
  });

  it("knows API Gateway's functions", () => {
    const template =
      "$util.urlEncode('a b') $util.urlDecode('a%20b') $util.escapeJavaScript(\"it's\") $util.parseJson('{\"a\":7}').a";
    assert.equal(fill(template, "{}"), "a%20b a b it\\'s 7");
    assert.equal(
      fill("$input.json('$.a') $input.path('$.b[0].c')", '{"a":{"x":1},"b":[{"c":2}]}'),
      '{"x":1} 2',
    );
  });

  it("that calls a function that there is not is refused", () => {
    assert.throws(
      () => compileTemplate("$util.base64encode($x)"),
      /\$util\.base64encode is no function of API/,
    );
  });

  it("that is no Velocity is refused", () => {
    assert.throws(() => compileTemplate("#if("), /Parse error on line 1/);
  });

  it("with a path that the emulator lacks fails by name", () => {
    assert.throws(
      () => fill("$input.json('$..a')", "{}"),
      /The JSONPath "\$\.\.a" is not supported by the emulator/,
    );
  });
});
