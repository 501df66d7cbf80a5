import { createRequire } from "node:module";
import { ownManifest } from "./own-package.ts";

const require = createRequire(import.meta.url);

/** What deployed programs load; the other optional packages are for development alone. */
const ofDeployedPrograms = new Set(["redis"]);

/** A package that is installed only where it is used, and is not there. A wrong call, for commands that end with it. */
export class MissingPackageError extends Error {
  override name = "MissingPackageError";
  readonly exitCode = 2;
}

/**
 * Loads a package that not every user of sluice needs: an optional peer dependency in package.json. To be called where
 * it is used first, never by an entry of the library. Node loads ES modules in this way too, unless they await something.
 * @param name as package.json has it, or with a path inside of the package.
 * @param user who needs it, for the message: `the emulator`.
 * @throws {MissingPackageError} with the command that installs it, when it is not there.
 */
export function optional<Module>(name: string, user: string): Module {
  resolveOptional(name, user);
  return require(name) as Module;
}

/** Where such a package is: for what is run and not loaded, and before an `import()`. @throws {MissingPackageError} when it is not there. */
export function resolveOptional(name: string, user: string): string {
  try {
    return require.resolve(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw missing(packageOf(name), user);
  }
}

/** The same error for a static import of an optional peer that Node did not find; undefined for any other failure. */
export function missingImport(error: unknown, user: string): MissingPackageError | undefined {
  if ((error as NodeJS.ErrnoException | undefined)?.code !== "ERR_MODULE_NOT_FOUND") return undefined;
  const name = /^Cannot find package '([^']+)'/.exec((error as Error).message)?.[1];
  return name !== undefined && name in ownManifest().peerDependencies ? missing(name, user) : undefined;
}

function missing(name: string, user: string): MissingPackageError {
  const save = ofDeployedPrograms.has(name) ? "" : "--save-dev ";
  const version = ownManifest().peerDependencies[name];
  const wanted = version === undefined ? name : `${name}@${version}`;
  return new MissingPackageError(
    `${user} needs ${name}: npm install ${save}${/[\s<>|]/.test(wanted) ? `"${wanted}"` : wanted}`,
  );
}

function packageOf(name: string): string {
  return name.split("/", name.startsWith("@") ? 2 : 1).join("/");
}
