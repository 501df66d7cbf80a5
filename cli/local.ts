import { Command } from "commander";
import { readEndpoints, stateFolderOf } from "./local/endpoints-file.ts";
import { resetStateFolder } from "../local/state/state-folder.ts";

/** `sluice local`: what an emulator keeps on this machine. */
export function localCommand(): Command {
  const command = new Command("local");
  command
    .command("status")
    .description("say whether an emulator is up, and where")
    .option("--stack <name>", "the stack", "local")
    .option("--json", "print the endpoints as JSON")
    .action(async ({ stack, json }: { stack: string; json?: boolean }) => {
      const endpoints = await readEndpoints(stack);
      if (json) process.stdout.write(`${JSON.stringify(endpoints ?? null, null, 2)}\n`);
      else if (endpoints) {
        process.stdout.write(
          `The emulator of "${stack}" is up (process ${endpoints.pid}).\n` +
            `Kinesis ${endpoints.kinesis}\nAthena  ${endpoints.athena}\n`,
        );
        for (const [pipeline, { url, apiKey }] of Object.entries(endpoints.http)) {
          const key = apiKey === undefined ? "" : `  (x-api-key: ${apiKey})`;
          process.stdout.write(`HTTP    ${url}${key}  takes ${pipeline}\n`);
        }
      } else process.stdout.write(`No emulator of "${stack}" is up. Start one: npx sluice start --serve\n`);
      process.exitCode = endpoints ? 0 : 1;
    });
  command
    .command("reset")
    .description("remove what an emulator keeps: its objects, its streams, its history")
    .option("--stack <name>", "the stack", "local")
    .action(async ({ stack }: { stack: string }) => {
      const folder = stateFolderOf(stack);
      await resetStateFolder(folder);
      process.stdout.write(`Removed ${folder}\n`);
    });
  return command;
}
