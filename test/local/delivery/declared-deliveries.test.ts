import assert from "node:assert/strict";
import { declaredDeliveries } from "../../../local/delivery/declared-deliveries.ts";
import { fixture, fixturePlan, type FixtureOptions } from "../fixture-plan.ts";

const deliveryOf = (options?: FixtureOptions) => {
  const [delivery] = declaredDeliveries(fixturePlan(options));
  assert.ok(delivery);
  return delivery;
};
const plain = { dataFormatConversionConfiguration: undefined };

describe("a declared delivery stream", () => {
  it("has what the plan declares", () => {
    const { destination, conversion, ...rest } = deliveryOf({
      s3: { bufferingSize: 100, bufferingInterval: 60, customTimeZone: "Asia/Tokyo", fileExtension: ".pq" },
      columns: { id: "string" },
    });
    assert.equal(rest.name, fixture.delivery);
    assert.equal(rest.streamName, fixture.stream);
    assert.equal(rest.backup, undefined);
    const { prefix, errorPrefix, ...plainValues } = destination;
    assert.deepEqual(plainValues, {
      bucket: fixture.lake,
      timeZone: "Asia/Tokyo",
      extension: ".pq",
      bufferingSizeMiB: 100,
      bufferingIntervalSeconds: 60,
      compression: "UNCOMPRESSED",
    });
    const context = {
      instant: new Date("2026-11-20T20:00:00Z"),
      timeZone: "Asia/Tokyo",
      errorOutputType: "kind",
    };
    assert.equal(prefix(context), "data/dt=2026-11-21/");
    assert.equal(errorPrefix(context), "errors/kind/dt=2026-11-21/");
    assert.deepEqual(conversion, {
      columns: [{ name: "id", type: "string" }],
      openX: {
        caseInsensitive: true,
        convertDotsInJsonKeysToUnderscores: false,
        columnToJsonKeyMappings: {},
      },
      codec: "SNAPPY",
      dataCatalogTable: {
        catalogId: "123456789012",
        databaseName: fixture.database,
        tableName: fixture.table,
        region: "eu-central-1",
        versionId: "LATEST",
        roleArn: "arn:aws:iam::123456789012:role/orders-delivery",
      },
    });
  });

  it("has AWS's defaults for what the plan leaves out", () => {
    const none = { bufferingSize: undefined, bufferingInterval: undefined };
    const converted = deliveryOf({ s3: none, conversion: { outputFormatConfiguration: { serializer: {} } } });
    assert.equal(converted.destination.bufferingSizeMiB, 128);
    assert.equal(converted.destination.bufferingIntervalSeconds, 300);
    assert.equal(converted.destination.timeZone, "UTC");
    assert.equal(converted.destination.extension, ".parquet");
    assert.equal(converted.conversion?.codec, "SNAPPY");
    const { destination } = deliveryOf({ s3: { ...none, ...plain } });
    assert.equal(destination.bufferingSizeMiB, 5);
    assert.equal(destination.extension, "");
  });

  it("takes an empty time zone and an empty extension for none", () => {
    const { destination } = deliveryOf({ s3: { customTimeZone: "", fileExtension: "" } });
    assert.equal(destination.timeZone, "UTC");
    assert.equal(destination.extension, ".parquet");
  });

  it("does not convert when conversion is declared and switched off", () => {
    const { conversion, destination } = deliveryOf({
      conversion: { enabled: false },
      s3: { bufferingSize: 1 },
    });
    assert.equal(conversion, undefined);
    assert.equal(destination.bufferingSizeMiB, 1);
  });

  it("has a backup when it is enabled", () => {
    const s3BackupConfiguration = { bucketArn: `arn:aws:s3:::${fixture.backup}`, compressionFormat: "GZIP" };
    const { backup } = deliveryOf({ s3: { s3BackupMode: "Enabled", s3BackupConfiguration } });
    assert.equal(backup?.bucket, fixture.backup);
    assert.equal(backup?.extension, ".gz");
    assert.equal(backup?.bufferingSizeMiB, 5);
    assert.equal(deliveryOf({ s3: { s3BackupMode: "Disabled", s3BackupConfiguration } }).backup, undefined);
  });

  it("appends a newline to each record when the processor is declared and not switched off", () => {
    const processors = [{ type: "AppendDelimiterToRecord" }];
    const s3 = (enabled: boolean) => ({ ...plain, processingConfiguration: { enabled, processors } });
    assert.equal(deliveryOf({ s3: s3(true) }).appendDelimiter, true);
    assert.equal(deliveryOf({ s3: s3(false) }).appendDelimiter, false);
  });
});
