import assert from "node:assert/strict";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { nameOf } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { account, defaultPlan } from "./plan-pipeline.ts";

const parquet = "org.apache.hadoop.hive.ql.io.parquet";
const table = "aws:glue/catalogTable:CatalogTable";
const bucket = `shop-dev-orders-lake-${account}`;

describe("the Glue table", () => {
  it("is external Parquet with projected partitions and a comment on every column", async () => {
    assert.deepEqual((await defaultPlan()).find(table).inputs, {
      name: "orders",
      databaseName: "shop_dev_orders",
      description: "An order.",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        EXTERNAL: "TRUE",
        classification: "parquet",
        "projection.enabled": "true",
        "projection.dt.type": "date",
        "projection.dt.format": "yyyy-MM-dd-HH",
        "projection.dt.range": "2026-11-01-00,NOW+1DAYS",
        "projection.dt.interval": "1",
        "projection.dt.interval.unit": "HOURS",
        "storage.location.template": `s3://${bucket}/data/dt=\${dt}/`,
      },
      partitionKeys: [
        { name: "dt", type: "string", comment: "The hour of arrival, yyyy-MM-dd-HH in Europe/Berlin" },
      ],
      storageDescriptor: {
        location: `s3://${bucket}/data/`,
        inputFormat: `${parquet}.MapredParquetInputFormat`,
        outputFormat: `${parquet}.MapredParquetOutputFormat`,
        serDeInfo: { serializationLibrary: `${parquet}.serde.ParquetHiveSerDe` },
        columns: [
          { name: "orderid", type: "string", comment: "Identifies the order." },
          { name: "placed", type: "timestamp", comment: "When it was placed." },
          { name: "total", type: "decimal(10,2)", comment: "What it is worth." },
        ],
      },
    });
  });

  it("lies in a database of its own", async () => {
    const { tags: _tags, ...inputs } = (await defaultPlan()).find(
      "aws:glue/catalogDatabase:CatalogDatabase",
    ).inputs;
    assert.deepEqual(inputs, { name: "shop_dev_orders", description: "Events of shop-dev-orders" });
  });
});

describe("the Glue tables of sluice's own stacks", () => {
  let plan: DeploymentDocument;

  before(async () => {
    plan = await evaluateStack({ stack: "dev" });
  });

  // Written out here once more, as it stands nowhere else: these are the tables that analysts see.
  const expected = {
    "access-log": {
      range: "2026-01-01,NOW",
      format: "yyyy-MM-dd",
      unit: "DAYS",
      columns:
        "time timestamp, remote_addr string, method string, path string, protocol string, status int, " +
        "bytes bigint, referer string, user_agent string, event_id string",
    },
    clickstream: {
      range: "2026-01-01-00,NOW+1DAYS",
      format: "yyyy-MM-dd-HH",
      unit: "HOURS",
      columns:
        "event_id string, event_time timestamp, event_type string, visitor_id string, session_id string, " +
        "page string, referrer string, device string, country string, search_term string, product_id string, " +
        "quantity int, revenue double, load_milliseconds int",
    },
    "risk-event": {
      range: "2026-01,NOW",
      format: "yyyy-MM",
      unit: "MONTHS",
      columns:
        "region string, business string, name string, status string, riskcategory string, " +
        "risksubcategory string, discoverydate date, occurrencestartdate date, netloss double, " +
        "recoveryamount double, estimatedgrossloss double, eventid string",
    },
  };

  for (const [dataset, { range, format, unit, columns }] of Object.entries(expected)) {
    it(`have the columns and partitions of ${dataset}`, () => {
      const { inputs } = plan.deployment.resources.find(
        ({ type, urn }) => type === table && nameOf(urn) === `${dataset}-table`,
      )!;
      const { columns: declared } = inputs["storageDescriptor"] as {
        columns: { name: string; type: string; comment: string }[];
      };
      assert.equal(declared.map(({ name, type }) => `${name} ${type}`).join(", "), columns);
      assert.ok(declared.every(({ comment }) => comment.length > 0));
      const parameters = inputs["parameters"] as Record<string, string>;
      const projected = ["range", "format", "interval.unit"].map(
        (name) => parameters[`projection.dt.${name}`],
      );
      assert.deepEqual(projected, [range, format, unit]);
    });
  }
});
