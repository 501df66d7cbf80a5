import { Command } from "commander";
import { fileValues } from "../../producer/sources/file-values.ts";
import { DatasetError } from "../../schema/dataset.ts";
import { InferenceError, inferDataset, type InferredDataset } from "../../schema/infer/index.ts";
import { datasetNameOf } from "../../schema/infer/name.ts";
import { renderDeclaration } from "../../schema/infer/render.ts";
import type { Io } from "../query/io.ts";
import { writeText } from "../query/write-answer.ts";
import { UserError } from "../user-error.ts";

interface InferCommandOptions {
  name?: string;
  timeZone?: string;
  import: string;
}

/** `sluice dataset infer`: the declaration that a file of events shows, on stdout; what is not sure on stderr. */
export function inferCommand(io: Io): Command {
  return new Command("infer")
    .description("print the declaration of a dataset that a file of events shows")
    .argument("<file>", "NDJSON, CSV or an access log in combined format, plain or gzip")
    .option("--name <name>", "the dataset's name (default: the file's)")
    .option("--time-zone <zone>", "the IANA time zone whose days the analysts mean (default: UTC)")
    .option("--import <specifier>", "what the declaration imports defineDataset from", "sluice/dataset")
    .action(async (file: string, options: InferCommandOptions) => {
      const inferred = await inferredFrom(file, options);
      for (const doubt of inferred.doubts) io.stderr.write(`${doubt}\n`);
      await writeText(io, [renderDeclaration(inferred, { importFrom: options.import })]);
    });
}

/**
 * The dataset that a file of events shows.
 * @param options.name Default: made of the file's name.
 * @throws {InputError} when the file cannot be read. {UserError} when it shows no dataset, or a name or zone is none.
 */
export async function inferredFrom(
  file: string,
  { name = datasetNameOf(file), timeZone }: { name?: string | undefined; timeZone?: string | undefined },
): Promise<InferredDataset> {
  try {
    return await inferDataset(fileValues(file), { name, timeZone });
  } catch (error) {
    if (error instanceof InferenceError) throw new UserError(`${file}: ${error.message}`, 1);
    if (error instanceof DatasetError) throw new UserError(error.message);
    throw error;
  }
}
