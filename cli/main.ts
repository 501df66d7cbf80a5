import { Command, CommanderError } from "commander";
import { createRequire } from "node:module";
import { reportFailure } from "./failure.ts";

/** The commands, each loaded only when it is called: a plan needs no database, a query no Pulumi. */
const commands: { name: string; description: string; load: () => Promise<Command> }[] = [
  {
    name: "start",
    description: "run the whole pipeline on this machine: events in at one end, answers out at the other",
    load: async () => (await import("./start.ts")).startCommand(),
  },
  {
    name: "plan",
    description: "show what a stack's program declares, without the Pulumi CLI and without credentials",
    load: async () => (await import("./plan.ts")).planCommand(),
  },
  {
    name: "policy",
    description: "evaluate what a stack declares by the policy packs, without the Pulumi CLI",
    load: async () => (await import("./policy.ts")).policyCommand(),
  },
  {
    name: "query",
    description: "run the named queries, on AWS or on this machine",
    load: async () => (await import("./query.ts")).queryCommand(),
  },
  {
    name: "send",
    description: "send events to a stack: files, access logs, CSV, stdin, a sample",
    load: async () => (await import("./send.ts")).sendCommand(),
  },
  {
    name: "dataset",
    description: "what flows: infer a declaration from events, list the datasets, write the data dictionary",
    load: async () => (await import("./dataset.ts")).datasetCommand(),
  },
  {
    name: "local",
    description: "the emulator's state on this machine: show it, reset it",
    load: async () => (await import("./local.ts")).localCommand(),
  },
];

/** Runs the command line. The exit code is 0, 1 for a failure, 2 for a wrong call, or what the command says. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    const program = await buildProgram(argv[2]);
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its message; help and --version end with 0.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.exitCode = reportFailure(error);
  }
}

async function buildProgram(called: string | undefined): Promise<Command> {
  const { version } = createRequire(import.meta.url)("sluice/package.json") as { version: string };
  const program = new Command("sluice")
    .description("A log and clickstream pipeline on AWS, and its local emulator.")
    .version(version)
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: false })
    .exitOverride();
  for (const { name, description, load } of commands) {
    const command = name === called ? await load() : new Command(name);
    program.addCommand(inheriting(command.description(description), program));
  }
  return program;
}

/** Subcommands made elsewhere end like ours: by a thrown error, with help after a wrong call. */
function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).exitOverride().showHelpAfterError("(--help shows what there is)");
  for (const child of command.commands) inheriting(child, command);
  return command;
}
