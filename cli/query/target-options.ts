import { Option, type Command } from "commander";
import { formats } from "./write-answer.ts";

/** Adds the options that say which Athena is meant. */
export function withTarget(command: Command): Command {
  return command
    .option("--stack <name>", "the stack (default: local, where the emulator is up)")
    .option("--pipeline <name>", "the pipeline, where the stack has several")
    .option("--dataset <name>", "the dataset, where the stack has several")
    .option("--region <name>", "the AWS region, in place of the stack's")
    .option("--workgroup <name>", "the Athena workgroup, in place of the stack's")
    .option("--database <name>", "the Glue database, in place of the stack's")
    .option("--role <name>", "use the emulator with the rights of this declared role (default: all rights)");
}

/** Adds the option that says how an answer is written. */
export function withFormat(command: Command): Command {
  return command.addOption(
    new Option("--format <form>", "how the answer is written").choices(formats).default("table"),
  );
}
