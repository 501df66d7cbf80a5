import { CommanderError } from "commander";
import { reportFailure } from "../../cli/failure.ts";
import { sendCommand } from "../../cli/send.ts";

// `sluice send` in a process of its own, which ends as `sluice` ends.
try {
  await sendCommand().exitOverride().parseAsync(process.argv.slice(2), { from: "user" });
} catch (error) {
  if (!(error instanceof CommanderError)) process.exitCode = reportFailure(error);
  else process.exitCode = error.exitCode === 0 ? 0 : 2;
}
