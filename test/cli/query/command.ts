import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { Command } from "commander";
import { queryCommand } from "../../../cli/query.ts";

/** What a command wrote, and how it ended. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** What was thrown; undefined when it went well. */
  readonly error?: (Error & { exitCode?: number }) | undefined;
}

export interface Terminal {
  readonly isTTY?: boolean;
  readonly signal?: AbortSignal;
}

/** Runs `sluice query …` in this process and keeps what it writes. */
export async function sluiceQuery(words: readonly string[], terminal: Terminal = {}): Promise<Outcome> {
  const stdout = Object.assign(new PassThrough(), { isTTY: terminal.isTTY ?? false, columns: 80 });
  const stderr = new PassThrough();
  const program = new Command("sluice").exitOverride().configureOutput({ writeErr: () => undefined });
  const command = queryCommand({
    stdout,
    stderr: stderr as unknown as NodeJS.WriteStream,
    interrupted: () => terminal.signal ?? new AbortController().signal,
  });
  program.addCommand(command);
  for (const each of [command, ...command.commands]) each.copyInheritedSettings(program);
  const written = Promise.all([text(stdout), text(stderr)]);
  let error: Error | undefined;
  try {
    await program.parseAsync(["node", "sluice", "query", ...words]);
  } catch (thrown) {
    error = thrown as Error;
  }
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { stdout: out, stderr: err, error };
}

/** Lets the AWS SDK find a fake Athena by the usual environment, as a user's machine lets it find the real one. */
export function awsEnvironment(endpoint: string): { restore: () => void } {
  const wanted: Record<string, string | undefined> = {
    AWS_ENDPOINT_URL_ATHENA: endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  const before = Object.fromEntries(Object.keys(wanted).map((name) => [name, process.env[name]]));
  Object.assign(process.env, wanted);
  return {
    restore: () => {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    },
  };
}
