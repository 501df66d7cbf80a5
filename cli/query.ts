import { Command } from "commander";
import { cancelCommand } from "./query/cancel.ts";
import { checkCommand } from "./query/check.ts";
import { historyCommand } from "./query/history.ts";
import { terminal, type Io } from "./query/io.ts";
import { listCommand } from "./query/list.ts";
import { runCommand } from "./query/run.ts";
import { showCommand } from "./query/show.ts";

/** `sluice query`: the answers of a pipeline, by name. @param io where it writes. Default: the terminal. */
export function queryCommand(io: Io = terminal): Command {
  return new Command("query")
    .description("query a pipeline: named queries, or SQL of your own, on Athena or on the emulator")
    .addCommand(listCommand(io))
    .addCommand(showCommand(io))
    .addCommand(runCommand(io))
    .addCommand(historyCommand(io))
    .addCommand(cancelCommand(io))
    .addCommand(checkCommand(io));
}
