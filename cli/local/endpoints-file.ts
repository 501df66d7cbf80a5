import { rm } from "node:fs/promises";
import { writeJsonFile } from "../../local/state/json-file.ts";
import {
  endpointsFileIn,
  endpointsIn,
  stateFolderOf,
  type Endpoints,
} from "../../pipelines/from-emulator.ts";

export { stateFolderOf, type Endpoints };

/** Tells other commands of an emulator. @returns a function that takes it back. */
export async function publishEndpoints(
  stateFolder: string,
  local: { readonly endpoints: Endpoints },
): Promise<() => Promise<void>> {
  const path = endpointsFileIn(stateFolder);
  await writeJsonFile(path, local.endpoints);
  return () => rm(path, { force: true });
}

/** The emulator of a stack that is up; undefined when none is. */
export function readEndpoints(stack: string): Promise<Endpoints | undefined> {
  return endpointsIn(stateFolderOf(stack));
}
