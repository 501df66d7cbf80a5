import { Command } from "commander";
import { documentCommand } from "./dataset/document.ts";
import { inferCommand } from "./dataset/infer.ts";
import { listCommand } from "./dataset/list.ts";
import { terminal, type Io } from "./query/io.ts";

/** `sluice dataset`: what flows. @param io where it writes. Default: the terminal. */
export function datasetCommand(io: Io = terminal): Command {
  return new Command("dataset")
    .addCommand(inferCommand(io))
    .addCommand(listCommand(io))
    .addCommand(documentCommand(io));
}
