import { ownManifest } from "../../needs/own-package.ts";
import { sluiceSpecifier } from "./sluice-specifier.ts";

/** What the program imports itself. All other optional packages are for this machine alone. */
const deployed = ["@pulumi/aws", "@pulumi/pulumi"];

/** Of what sluice is developed with: Node for machines that have an old one, and the compiler. */
const tools = ["@types/node", "node", "typescript"];

/**
 * The package.json of a new project: the packages in the versions that sluice was tested with.
 * @param folder of the project, absolute.
 */
export async function manifestOf(name: string, folder: string): Promise<object> {
  const { devDependencies, peerDependencies } = ownManifest();
  const versions = (names: readonly string[]) =>
    Object.fromEntries(names.map((each) => [each, devDependencies[each]]));
  const forThisMachine = Object.keys(peerDependencies).filter((each) => !deployed.includes(each));
  return {
    name,
    private: true,
    type: "module",
    engines: { node: ">=22.18" },
    scripts: {
      start: "sluice start",
      test: "node --test",
      types: "tsc",
      policy: "sluice policy --stack dev",
      up: "pulumi up",
    },
    dependencies: { ...versions(deployed), sluice: await sluiceSpecifier(folder) },
    devDependencies: versions([...forThisMachine, ...tools].sort()),
    // The package `node` fetches its binary by a script.
    allowScripts: { node: true },
  };
}
