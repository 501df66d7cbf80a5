import { basename, relative, resolve } from "node:path";
import { Command } from "commander";
import { inferredFrom } from "./dataset/infer.ts";
import { checkNames } from "./init/names.ts";
import { projectFiles } from "./init/project-files.ts";
import { writeProject } from "./init/write-project.ts";

interface InitOptions {
  name?: string;
  from?: string;
}

/** `sluice init`: writes a project of a user's own. */
export function initCommand(): Command {
  return new Command("init")
    .argument("[folder]", "where: a new folder, or an empty one", ".")
    .option("--name <project>", "the Pulumi project's name (default: the folder's)")
    .option(
      "--from <file>",
      "declare the dataset that this file's events show (NDJSON, CSV or an access log; .gz too), under the file's name",
    )
    .action(async (folder: string, options: InitOptions) => {
      const target = resolve(folder);
      const name = options.name ?? basename(target);
      const inferred = options.from === undefined ? undefined : await inferredFrom(options.from, {});
      checkNames(
        name,
        options.name === undefined ? "the folder's name" : "--name",
        inferred?.definition.name,
      );
      const files = await projectFiles({ name, folder: target, inferred });
      await writeProject(target, files);
      for (const doubt of inferred?.doubts ?? []) process.stderr.write(`${doubt}\n`);
      process.stdout.write(nextSteps(target, [...files.keys()], options.from));
    });
}

function nextSteps(target: string, files: readonly string[], events?: string): string {
  const folder = relative(process.cwd(), target);
  const enter = folder === "" ? "" : `  cd ${word(folder)}\n`;
  const input = events === undefined ? "" : ` -- --input ${word(relative(target, resolve(events)))}`;
  const listed = files.map((file) => `  ${file}\n`).join("");
  return `${listed}
Next:
${enter}  npm install
  npm start${input}   # events in at one end, answers out at the other, on this machine
  npm test
`;
}

/** As a shell takes it. */
function word(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `"${path}"`;
}
