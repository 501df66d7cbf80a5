import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { dictionaryPages } from "../../schema/dictionary.ts";
import { localStack, programPipelines } from "../program.ts";
import type { Io } from "../query/io.ts";
import { writeText } from "../query/write-answer.ts";
import { UserError } from "../user-error.ts";

/** `sluice dataset document`: the data dictionary of what the program here declares, in Markdown. */
export function documentCommand(io: Io): Command {
  return new Command("document")
    .description("the data dictionary of the datasets that the program here declares, in Markdown")
    .option("--stack <name>", "the stack whose program is evaluated", localStack)
    .option("--output <folder>", "write a page for each dataset into it (default: all of them to stdout)")
    .action(async ({ stack, output }: { stack: string; output?: string }) => {
      const pages = dictionaryPages((await programPipelines(stack)).map(({ declared }) => declared.dataset));
      if (output === undefined) return writeText(io, [[...pages.values()].join("\n")]);
      for (const [name, text] of pages) {
        const path = join(output, name);
        await mkdir(output, { recursive: true })
          .then(() => writeFile(path, text))
          .catch((error: Error) => {
            throw new UserError(`${path} can't be written: ${error.message}.`, 1);
          });
        io.stderr.write(`wrote ${path}\n`);
      }
    });
}
