import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { clickstream } from "../../../datasets/clickstream.ts";
import { ownQuery } from "../../helpers/own-query.ts";
import {
  execution,
  fakeAthena,
  refusal,
  resultPage,
  tableMetadata,
  type FakeAthena,
} from "../../athena/client/fake-athena.ts";
import { awsEnvironment, sluiceQuery } from "./command.ts";

const pipeline = (name: string) => ({
  region: "us-east-1",
  streamName: name,
  deliveryStreamName: name,
  lakeBucketName: `${name}-lake`,
  tableName: name,
  databaseName: `${name}_database`,
  workgroupName: `${name}-workgroup`,
  analystRoleArn: `arn:aws:iam::000000000000:role/${name}-analyst`,
});
const pipelines = { "access-log": pipeline("log"), clickstream: pipeline("click") };
const topPages = ownQuery("clickstream/top_pages");
const noPid = 2 ** 22 + 1;

describe("where sluice query runs", () => {
  const before = { folder: process.cwd(), path: process.env["PATH"] ?? "" };
  let folder: string;
  let athena: FakeAthena;
  let environment: { restore: () => void };
  let denied: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "target-"));
    process.chdir(folder);
    denied = [];
    athena = await fakeAthena({
      GetPreparedStatement: ({ StatementName, WorkGroup }) =>
        denied.includes(WorkGroup as string)
          ? refusal("AccessDeniedException", `not authorized in ${String(WorkGroup)}`)
          : { PreparedStatement: { StatementName, QueryStatement: topPages.sql } },
      GetTableMetadata: [{ TableMetadata: tableMetadata(clickstream) }],
      ListTableMetadata: [{ TableMetadataList: [tableMetadata(clickstream)] }],
      StartQueryExecution: [{ QueryExecutionId: "q-1" }],
      GetQueryExecution: [execution("SUCCEEDED", { bytes: 1 })],
      GetQueryResults: [resultPage([["n", "integer"]], [["n"], ["1"]])],
    });
    environment = awsEnvironment(athena.endpoint);
  });
  afterEach(async () => {
    process.chdir(before.folder);
    process.env["PATH"] = before.path;
    environment.restore();
    await athena[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const emulator = async (pid: number) => {
    await mkdir(join(folder, ".sluice", "local"), { recursive: true });
    const endpoints = {
      pid,
      stack: "local",
      region: "us-east-1",
      kinesis: "",
      athena: athena.endpoint,
      pipelines,
    };
    await writeFile(join(folder, ".sluice", "local", "endpoints.json"), JSON.stringify(endpoints));
  };
  const pulumi = async (script: string) => {
    await writeFile(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, "pulumi"), 0o755);
    process.env["PATH"] = `${folder}${delimiter}${before.path}`;
  };
  const usedPlace = () => {
    const [, input] = athena.calls.find(([operation]) => operation === "StartQueryExecution") ?? [];
    return [
      input?.["WorkGroup"],
      (input?.["QueryExecutionContext"] as { Database?: string } | undefined)?.Database,
    ];
  };

  it("is the emulator, where it is up and nothing else is said; there a query is free", async () => {
    await emulator(process.pid);
    const { stderr, error } = await sluiceQuery(["run", "--sql", "SELECT 1", "--dataset", "clickstream"]);
    assert.equal(error, undefined);
    assert.deepEqual(usedPlace(), ["click-workgroup", "click_database"]);
    assert.match(stderr, /free here, on AWS billed as 10 MB, /);
  });

  it("is nowhere when the emulator is down and no stack is named", async () => {
    await emulator(noPid);
    const { error } = await sluiceQuery(["list"]);
    assert.match(error?.message ?? "", /no emulator is up.*\n.*--stack.*--workgroup/);
  });

  it("is a deployed stack by its outputs", async () => {
    await pulumi(`[ "$5" = prod ] && echo '${JSON.stringify({ pipelines })}'`);
    const { error } = await sluiceQuery([
      "run",
      "access-log/top_pages",
      "--stack",
      "prod",
      "--region",
      "us-east-1",
    ]);
    assert.equal(error, undefined);
    assert.deepEqual(usedPlace(), ["log-workgroup", "log_database"]);
  });

  it("has to be said where the stack has several datasets", async () => {
    await emulator(process.pid);
    const sql = await sluiceQuery(["run", "--sql", "SELECT 1"]);
    assert.match(
      sql.error?.message ?? "",
      /several pipelines\. Say which with --dataset: access-log, clickstream/,
    );
    const named = await sluiceQuery(["run", "top_pages"]);
    assert.match(
      named.error?.message ?? "",
      /several pipelines\. Say which: access-log\/top_pages, clickstream\/top_pages/,
    );
    const missing = await sluiceQuery(["run", "top_losses", "--dataset", "risk-event"]);
    assert.match(
      missing.error?.message ?? "",
      /no pipeline for "risk-event", only for access-log, clickstream/,
    );
  });

  it("is the one pipeline that the caller may use", async () => {
    await emulator(process.pid);
    denied = ["log-workgroup"];
    assert.equal((await sluiceQuery(["run", "top_pages"])).error, undefined);
    assert.deepEqual(usedPlace(), ["click-workgroup", "click_database"]);
    denied.push("click-workgroup");
    assert.match(
      (await sluiceQuery(["run", "top_pages"])).error?.message ?? "",
      /not authorized in log-workgroup/,
    );
  });

  it("takes a role on the emulator only", async () => {
    const { error } = await sluiceQuery(["list", "--stack", "prod", "--role", "analyst"]);
    assert.match(error?.message ?? "", /--role is for the emulator\. .*AWS_PROFILE/);
    const named = await sluiceQuery(["list", "--workgroup", "w", "--role", "analyst"]);
    assert.match(named.error?.message ?? "", /--role is for the emulator\. .*AWS_PROFILE/);
  });

  it("takes no role that the stack does not declare, which the emulator would take for an administrator", async () => {
    await emulator(process.pid);
    const query = ["run", "--sql", "SELECT 1", "--dataset", "clickstream", "--role"];
    const { error } = await sluiceQuery([...query, "analyst"]);
    assert.match(error?.message ?? "", /no analyst role "analyst"\. There are log-analyst, click-analyst/);
    assert.deepEqual(usedPlace(), [undefined, undefined]);
    assert.equal((await sluiceQuery([...query, "click-analyst"])).error, undefined);
  });

  const unreachable: [string, string | undefined, RegExp][] = [
    ["there is no Pulumi CLI", undefined, /need the Pulumi CLI, which is not on PATH/],
    [
      "there is no such stack",
      "echo 'error: no stack named x' >&2; exit 1",
      /error: no stack named x\nOr name/,
    ],
    ["it exports no pipelines", "echo '{}'", /exports no pipelines\. Deploy it/],
    [
      "a pipeline lacks an output",
      `echo '{"pipelines":{"clickstream":{"region":"us-east-1"}}}'`,
      /exports no deliveryStreamName of "clickstream"\. Deploy it/,
    ],
  ];
  for (const [name, script, message] of unreachable) {
    it(`can't be told of a stack when ${name}`, async () => {
      if (script === undefined) process.env["PATH"] = folder;
      else await pulumi(script);
      const { error } = await sluiceQuery(["list", "--stack", "x"]);
      assert.match(error?.message ?? "", message);
    });
  }

  it("needs a region and credentials", async () => {
    delete process.env["AWS_REGION"];
    process.env["AWS_CONFIG_FILE"] = join(folder, "none");
    const region = await sluiceQuery(["list", "--workgroup", "w"]);
    assert.match(region.error?.message ?? "", /no region\. Give --region, or set AWS_REGION/);

    delete process.env["AWS_ACCESS_KEY_ID"];
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(folder, "none");
    process.env["AWS_EC2_METADATA_DISABLED"] = "true";
    const credentials = await sluiceQuery(["list", "--workgroup", "w", "--region", "us-east-1"]);
    assert.match(credentials.error?.message ?? "", /no AWS credentials: .*\nSet AWS_PROFILE/);
    for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_EC2_METADATA_DISABLED"]) {
      delete process.env[name];
    }
  });
});
