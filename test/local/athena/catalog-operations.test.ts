import assert from "node:assert/strict";
import {
  GetDataCatalogCommand,
  GetDatabaseCommand,
  GetTableMetadataCommand,
  GetWorkGroupCommand,
  ListDataCatalogsCommand,
  ListDatabasesCommand,
  ListTableMetadataCommand,
  ListWorkGroupsCommand,
  MetadataException,
} from "@aws-sdk/client-athena";
import { database, planOf, visits, workgroup } from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

describe("what the local Athena says of its catalog and workgroups", () => {
  let athena: RunningAthena;
  const CatalogName = "AwsDataCatalog";

  before(async () => {
    athena = await RunningAthena.start(
      planOf(database, visits, workgroup("analysts", { bytesScannedCutoffPerQuery: 10_485_760 })),
    );
  });
  after(() => athena[Symbol.asyncDispose]());

  it("is the declared workgroup, and primary", async () => {
    const { WorkGroups } = await athena.client.send(new ListWorkGroupsCommand({}));
    assert.deepEqual(
      WorkGroups?.map(({ Name }) => Name),
      ["primary", "analysts"],
    );
    const { WorkGroup } = await athena.client.send(new GetWorkGroupCommand({ WorkGroup: "analysts" }));
    assert.equal(WorkGroup?.State, "ENABLED");
    assert.equal(WorkGroup.Configuration?.EnforceWorkGroupConfiguration, true);
    assert.equal(WorkGroup.Configuration.BytesScannedCutoffPerQuery, 10_485_760);
    assert.equal(WorkGroup.Configuration.ResultConfiguration?.OutputLocation, "s3://results/analysts/");
  });

  it("is one data catalog with the declared databases", async () => {
    const { DataCatalogsSummary } = await athena.client.send(new ListDataCatalogsCommand({}));
    assert.deepEqual(DataCatalogsSummary, [{ CatalogName, Type: "GLUE" }]);
    const { DataCatalog } = await athena.client.send(new GetDataCatalogCommand({ Name: CatalogName }));
    assert.equal(DataCatalog?.Type, "GLUE");
    const { DatabaseList } = await athena.client.send(new ListDatabasesCommand({ CatalogName }));
    assert.deepEqual(DatabaseList, [{ Name: "shop" }]);
    const { Database } = await athena.client.send(
      new GetDatabaseCommand({ CatalogName, DatabaseName: "shop" }),
    );
    assert.equal(Database?.Name, "shop");
  });

  it("is each table with columns, partition keys and parameters", async () => {
    const input = { CatalogName, DatabaseName: "shop" };
    const { TableMetadata } = await athena.client.send(
      new GetTableMetadataCommand({ ...input, TableName: "visits" }),
    );
    assert.equal(TableMetadata?.TableType, "EXTERNAL_TABLE");
    assert.deepEqual(TableMetadata.Columns?.[6], { Name: "tags", Type: "array<string>" });
    assert.deepEqual(TableMetadata.PartitionKeys, [{ Name: "dt", Type: "string" }]);
    assert.equal(TableMetadata.Parameters?.["projection.enabled"], "true");
    const { TableMetadataList } = await athena.client.send(
      new ListTableMetadataCommand({ ...input, Expression: "v.*" }),
    );
    assert.deepEqual(
      TableMetadataList?.map(({ Name }) => Name),
      ["visits"],
    );
    const none = await athena.client.send(new ListTableMetadataCommand({ ...input, Expression: "x" }));
    assert.deepEqual(none.TableMetadataList, []);
  });

  it("is an error for what is not there", async () => {
    const missing = new GetTableMetadataCommand({ CatalogName, DatabaseName: "shop", TableName: "nothing" });
    await assert.rejects(athena.client.send(missing), MetadataException);
    await assert.rejects(
      athena.client.send(new GetDatabaseCommand({ CatalogName, DatabaseName: "nowhere" })),
      MetadataException,
    );
  });
});
