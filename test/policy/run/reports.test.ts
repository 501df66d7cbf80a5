import assert from "node:assert/strict";
import type { PlannedResource } from "../../../plan/deployment.ts";
import { Places } from "../../../policy/run/places/places.ts";
import type { PolicyReport } from "../../../policy/run/report.ts";
import { jsonReport } from "../../../policy/run/reports/json.ts";
import { junitReport } from "../../../policy/run/reports/junit.ts";
import { markdownReport } from "../../../policy/run/reports/markdown.ts";
import { prettyReport } from "../../../policy/run/reports/pretty.ts";
import { sarifReport } from "../../../policy/run/reports/sarif.ts";

const pipeline = "urn:pulumi:prod::sluice::sluice:pipeline:EventPipeline::clicks";
const lake = "urn:pulumi:prod::sluice::sluice:pipeline:EventPipeline$aws:s3/bucket:Bucket::clicks-lake";
const stream = "urn:pulumi:prod::sluice::aws:kinesis/stream:Stream::clicks-stream";
const rule = (name: string, level: "mandatory" | "advisory") => ({
  pack: "security",
  name,
  description: `What ${name} wants.`,
  level,
  severity: "high" as const,
  remediationSteps: "1. Mend it.",
  url: `docs/rules/security.md#${name}`,
  tags: ["s3"],
});

function placesOf(given: Partial<PlannedResource>[]): Places {
  const resources = given as PlannedResource[];
  return new Places({
    version: 3,
    deployment: { manifest: { time: "", magic: "", version: "" }, resources },
  });
}

const inProgram = { file: "src/c#/index.ts", line: 16, column: 10 };
const inLibrary = { file: "node_modules/sluice/lake-bucket.js", line: 56, column: 5 };

const report: PolicyReport = {
  stack: "prod",
  violations: [
    { pack: "security", rule: "s3-encryption", level: "mandatory", urn: lake, message: `<none> | "x" & y` },
    {
      pack: "security",
      rule: "kinesis-encryption",
      level: "advisory",
      urn: stream,
      message: "not known yet",
    },
  ],
  exempted: [
    { rule: "s3-encryption", urn: stream, reason: "A trial.", until: "2999-12-31" },
    { rule: "s3-encryption", urn: lake, reason: "No end." },
  ],
  remediated: [],
  summary: { rules: 3, resources: 2, mandatory: 1, advisory: 1 },
  seconds: 1.234,
  rules: [
    rule("s3-encryption", "mandatory"),
    rule("kinesis-encryption", "advisory"),
    rule("s3-tls-only", "mandatory"),
  ],
  places: placesOf([
    { urn: pipeline, sourcePosition: "project:///src/c%23/index.ts#16,10" },
    { urn: lake, parent: pipeline, sourcePosition: "project:///node_modules/sluice/lake-bucket.js#56,5" },
    { urn: stream },
  ]),
};
const clean: PolicyReport = {
  ...report,
  violations: [],
  exempted: [],
  summary: { ...report.summary, mandatory: 0, advisory: 0 },
};

describe("The pretty report", () => {
  it("groups by resource, with its place, what is wrong and what to do", () => {
    assert.equal(
      prettyReport(report, false),
      `aws:s3/bucket:Bucket clicks-lake  src/c#/index.ts:16
  mandatory  s3-encryption (security) What s3-encryption wants.
             <none> | "x" & y
             1. Mend it.

aws:kinesis/stream:Stream clicks-stream
  advisory   kinesis-encryption (security) What kinesis-encryption wants.
             not known yet
             1. Mend it.

exempted  s3-encryption  aws:kinesis/stream:Stream clicks-stream: A trial. (until 2999-12-31)
exempted  s3-encryption  aws:s3/bucket:Bucket clicks-lake: No end.

1 mandatory violation, 1 advisory violation, 2 exempted in stack prod: 3 rules, 2 resources, 1.2 s
`,
    );
  });

  it("is one line where nothing is wrong", () => {
    assert.equal(prettyReport(clean, false), "no violation in stack prod: 3 rules, 2 resources, 1.2 s\n");
  });

  it("has colour where it is asked for", () => {
    assert.ok(prettyReport(report, true).includes("\u001b[31mmandatory"));
  });

  it("says what a remediation would change", () => {
    const remediated = [{ pack: "security", rule: "kinesis-encryption", urn: stream }];
    assert.match(
      prettyReport({ ...clean, remediated }, false),
      /remediated {2}kinesis-encryption .*\n\nno violation, 1 to be remediated/,
    );
  });
});

describe("The JSON report", () => {
  it("holds violations, exemptions, each with its place, and a summary, and nothing else", () => {
    const known = { place: inProgram, related: [{ ...inLibrary, message: "the library's line" }] };
    const unknown = { place: null, related: [] };
    assert.deepEqual(JSON.parse(jsonReport(report)), {
      stack: "prod",
      violations: [
        { ...report.violations[0], ...known },
        { ...report.violations[1], ...unknown },
      ],
      exempted: [
        { rule: "s3-encryption", urn: stream, reason: "A trial.", until: "2999-12-31", ...unknown },
        { rule: "s3-encryption", urn: lake, reason: "No end.", until: null, ...known },
      ],
      summary: report.summary,
      seconds: 1.234,
    });
  });

  it("holds remediations where there are some", () => {
    const remediated = [{ pack: "security", rule: "kinesis-encryption", urn: stream }];
    assert.deepEqual(
      (JSON.parse(jsonReport({ ...clean, remediated })) as PolicyReport).remediated,
      remediated,
    );
  });
});

describe("The Markdown report", () => {
  it("is a table whose cells hold what they should", () => {
    const text = markdownReport(report);
    assert.match(
      text,
      /^## ❌ Policies, stack `prod`: 1 mandatory violation, 1 advisory violation, 2 exempted\n/,
    );
    assert.ok(
      text.includes(
        `| **mandatory** | security/s3-encryption | \`aws:s3/bucket:Bucket clicks-lake\`<br>src/c#/index.ts:16 | &lt;none&gt; \\| "x" & y |`,
      ),
      text,
    );
    assert.ok(text.includes("**s3-encryption**: What s3-encryption wants.\n\n1. Mend it."));
    assert.ok(text.includes("| s3-encryption | `aws:s3/bucket:Bucket clicks-lake` | No end. | no end |"));
  });

  it("is two lines where nothing is wrong", () => {
    assert.equal(
      markdownReport(clean),
      "## ✅ Policies, stack `prod`: no violation\n\n3 rules, 2 resources, 1.2 s.\n",
    );
  });
});

describe("The SARIF report", () => {
  const sarif = JSON.parse(sarifReport(report)) as {
    version: string;
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        locations: { physicalLocation: object }[];
        relatedLocations?: object[];
        suppressions?: object[];
        partialFingerprints: object;
      }[];
    }[];
  };
  const [run] = sarif.runs;

  it("puts a violation at the user's line, with the library's as a related one", () => {
    const [first] = run!.results;
    assert.equal(sarif.version, "2.1.0");
    assert.equal(run!.tool.driver.rules[first!.ruleIndex]?.id, first!.ruleId);
    assert.equal(first!.level, "error");
    assert.deepEqual(first!.locations[0]!.physicalLocation, {
      artifactLocation: { uri: "src/c%23/index.ts", uriBaseId: "PROJECT" },
      region: { startLine: 16, startColumn: 10 },
    });
    assert.deepEqual(first!.relatedLocations, [
      {
        id: 1,
        physicalLocation: {
          artifactLocation: { uri: "node_modules/sluice/lake-bucket.js", uriBaseId: "PROJECT" },
          region: { startLine: 56, startColumn: 5 },
        },
        message: { text: "the library's line" },
      },
    ]);
  });

  it("puts a violation without a place at the project, as a warning when it is advisory", () => {
    const second = run!.results[1]!;
    assert.equal(second.level, "warning");
    assert.deepEqual(second.locations[0]!.physicalLocation, {
      artifactLocation: { uri: "Pulumi.yaml", uriBaseId: "PROJECT" },
      region: { startLine: 1, startColumn: 1 },
    });
    assert.equal("relatedLocations" in second, false);
  });

  it("shows an exempted violation as suppressed, with the reason", () => {
    assert.deepEqual(run!.results[2]!.suppressions, [
      { kind: "external", status: "accepted", justification: "A trial. (until 2999-12-31)" },
    ]);
  });

  it("names each tag of a rule once, as the format wants it", () => {
    const tagged = { ...report, rules: [{ ...report.rules[0]!, tags: ["security", "s3"] }] };
    const { runs } = JSON.parse(sarifReport(tagged)) as {
      runs: { tool: { driver: { rules: { properties: { tags: string[] } }[] } } }[];
    };
    assert.deepEqual(runs[0]!.tool.driver.rules[0]!.properties.tags, ["security", "s3"]);
  });

  it("gives each result a fingerprint of its own", () => {
    const fingerprints = run!.results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    assert.equal(new Set(fingerprints).size, fingerprints.length);
  });
});

describe("The JUnit report", () => {
  it("has a case for each rule, which mandatory violations fail", () => {
    const text = junitReport(report);
    assert.match(text, /<testsuite name="security" tests="3" failures="1" errors="0" skipped="0">/);
    assert.ok(
      text.includes(
        `<failure message="aws:s3/bucket:Bucket clicks-lake: &lt;none&gt; | &quot;x&quot; &amp; y (src/c#/index.ts:16)">`,
      ),
    );
    assert.match(
      text,
      /<testcase classname="security" name="kinesis-encryption">\n\s*<system-out>advisory: /,
    );
    assert.match(text, /<testcase classname="security" name="s3-tls-only"\/>/);
    assert.match(text, /exempted: aws:kinesis\/stream:Stream clicks-stream: A trial\.\n/);
    assert.match(text, /exempted: aws:s3\/bucket:Bucket clicks-lake: No end\. \(src\/c#\/index\.ts:16\)/);
  });

  it("holds no character that XML does not have", () => {
    const violations = [{ ...report.violations[0]!, message: "a\u0000b\u001b[31m" }];
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(junitReport({ ...report, violations }), /[\u0000-\u0008\u001b]/);
  });
});
