import assert from "node:assert/strict";
import type { QueryFileError } from "../../../athena/named-query/header.ts";
import { parseQuery } from "../../../athena/named-query/header.ts";

const good = `-- name: top_pages
-- description: The pages seen most.
-- parameter: period period = last 7 days | days of arrival
-- parameter: country string = 'it''s' | a country
-- parameter: limit int
-- chart: bar x=page y=views series=device
SELECT page, count(*) AS views FROM clickstream WHERE dt BETWEEN ? AND ? AND country = ? GROUP BY page LIMIT ?
`;

describe("a query file's header", () => {
  it("says name, description, parameters in order, and chart", () => {
    const query = parseQuery("top_pages.sql", "clickstream", good);
    assert.equal(query.name, "top_pages");
    assert.equal(query.description, "The pages seen most.");
    assert.deepEqual(query.parameters, [
      { name: "period", type: "period", default: "last 7 days", description: "days of arrival" },
      { name: "country", type: "string", default: "it's", description: "a country" },
      { name: "limit", type: "int", description: "" },
    ]);
    assert.deepEqual(query.chart, { kind: "bar", x: "page", y: "views", series: "device" });
  });

  it("is deployed with the statement", () => {
    assert.equal(parseQuery("top_pages.sql", "clickstream", good).sql, good);
  });

  it("lists every mistake, with file and line", () => {
    const bad = good
      .replace("top_pages", "Top-Pages")
      .replace("= last 7 days | days of arrival", "")
      .replace("string = 'it''s'", "text")
      .replace("-- chart: bar", "-- chart: pie");
    assert.throws(
      () => parseQuery("x.sql", "clickstream", bad),
      (error: QueryFileError) => {
        assert.deepEqual(
          error.problems.map((problem) => /^x\.sql:(\d+): ([^:]*)/.exec(problem)?.slice(1)),
          [
            ["4", `parameter "country" of type "text"`],
            ["6", `"pie x=page y=views series=device"`],
            ["1", `name "Top-Pages"`],
            ["1", `4 placeholders in the statement, 3 by the header (a period fills two). Make them agree.`],
          ],
        );
        return true;
      },
    );
  });

  const rules: [string, (text: string) => string, RegExp][] = [
    ["no name", (text) => text.replace(/-- name.*\n/, ""), /name "":/],
    ["a second name", (text) => `-- name: other\n${text}`, /:2: a second name/],
    ["no description", (text) => text.replace(/-- description.*\n/, ""), /description: one sentence/],
    ["a description beyond 1,024 characters", (text) => text.replace("seen", "s".repeat(1024)), /1-1024/],
    ["an unknown key", (text) => text.replace("-- chart", "-- picture"), /"picture": the keys are/],
    ["a line that is no key and value", (text) => text.replace("-- chart:", "--chart"), /a header line is/],
    [
      "a ? that reads like a placeholder",
      (text) => text.replace("most.", "most?"),
      /reads like a placeholder/,
    ],
    ["a parameter without a type", (text) => text.replace("limit int", "limit"), /a parameter is/],
    [
      "two parameters of one name",
      (text) => text.replace("country string", "limit string"),
      /a second parameter/,
    ],
    ["a string default without quotes", (text) => text.replace("'it''s'", "DE"), /in single quotes, 'DE'/],
    ["no statement", (text) => text.slice(0, text.indexOf("SELECT")), /no statement/],
  ];
  for (const [name, breakIt, expected] of rules) {
    it(`is refused for ${name}`, () => {
      assert.throws(() => parseQuery("x.sql", "clickstream", breakIt(good)), expected);
    });
  }
});
