import { spawnSync } from "node:child_process";

let found: boolean | undefined;

/** Describes tests of the real engine; they are skipped, which is said once, where no `pulumi` is on PATH. */
export function describeWithPulumi(title: string, body: (this: Mocha.Suite) => void): void {
  found ??= lookForPulumi();
  if (found) describe(title, body);
  else describe.skip(title, body);
}

function lookForPulumi(): boolean {
  const environment = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  if (spawnSync("pulumi", ["version"], { env: environment }).status === 0) return true;
  console.log(
    "no pulumi on PATH: the real engine's tests are skipped; install it from https://www.pulumi.com/docs/install/",
  );
  return false;
}
