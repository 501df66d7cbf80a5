import { basename, relative, resolve } from "node:path";
import { Command } from "commander";
import { checkNames } from "./init/names.ts";
import { projectFiles } from "./init/project-files.ts";
import { writeProject } from "./init/write-project.ts";

interface InitOptions {
  name?: string;
}

/** `sluice init`: writes a project of a user's own. */
export function initCommand(): Command {
  return new Command("init")
    .argument("[folder]", "where: a new folder, or an empty one", ".")
    .option("--name <project>", "the Pulumi project's name (default: the folder's)")
    .action(async (folder: string, options: InitOptions) => {
      const target = resolve(folder);
      const name = options.name ?? basename(target);
      checkNames(name, options.name === undefined ? "the folder's name" : "--name");
      const files = await projectFiles({ name, folder: target });
      await writeProject(target, files);
      process.stdout.write(nextSteps(target, [...files.keys()]));
    });
}

function nextSteps(target: string, files: readonly string[]): string {
  const folder = relative(process.cwd(), target);
  const enter = folder === "" ? "" : `  cd ${/\s/.test(folder) ? `"${folder}"` : folder}\n`;
  const listed = files.map((file) => `  ${file}\n`).join("");
  return `${listed}
Next:
${enter}  npm install
  npm start   # events in at one end, answers out at the other, on this machine
  npm test
`;
}
