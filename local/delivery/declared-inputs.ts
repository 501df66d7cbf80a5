/** Inputs of `aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream` that the emulator reads (@pulumi/aws 7). */
export interface DeliveryStreamInputs {
  name?: string;
  destination?: string;
  kinesisSourceConfiguration?: { kinesisStreamArn?: string };
  serverSideEncryption?: { enabled?: boolean };
  extendedS3Configuration?: ExtendedS3Inputs;
}

export interface S3Inputs {
  roleArn?: string;
  bucketArn?: string;
  bufferingInterval?: number;
  bufferingSize?: number;
  compressionFormat?: string;
  errorOutputPrefix?: string;
  prefix?: string;
}

export interface ExtendedS3Inputs extends S3Inputs {
  customTimeZone?: string;
  fileExtension?: string;
  dataFormatConversionConfiguration?: ConversionInputs;
  dynamicPartitioningConfiguration?: { enabled?: boolean };
  processingConfiguration?: { enabled?: boolean; processors?: ProcessorInputs[] };
  s3BackupMode?: string;
  s3BackupConfiguration?: S3Inputs;
}

export interface ProcessorInputs {
  type?: string;
  parameters?: { parameterName?: string; parameterValue?: string }[];
}

export interface ConversionInputs {
  enabled?: boolean;
  inputFormatConfiguration?: {
    deserializer?: {
      openXJsonSerDe?: {
        caseInsensitive?: boolean;
        convertDotsInJsonKeysToUnderscores?: boolean;
        columnToJsonKeyMappings?: Record<string, string>;
      };
      hiveJsonSerDe?: object;
    };
  };
  outputFormatConfiguration?: {
    serializer?: {
      parquetSerDe?: { compression?: string; blockSizeBytes?: number; pageSizeBytes?: number };
      orcSerDe?: object;
    };
  };
  schemaConfiguration?: {
    catalogId?: string;
    databaseName?: string;
    tableName?: string;
    region?: string;
    roleArn?: string;
    versionId?: string;
  };
}

/** Inputs of `aws:glue/catalogTable:CatalogTable` that the emulator reads. */
export interface CatalogTableInputs {
  name?: string;
  databaseName?: string;
  storageDescriptor?: { columns?: { name?: string; type?: string }[] };
}
