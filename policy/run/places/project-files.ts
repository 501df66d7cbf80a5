import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { ownFolder } from "../../../plan/evaluate.ts";
import { readProject } from "../../../plan/project.ts";
import type { SourcePosition } from "../../../plan/source-position.ts";

const modules = "node_modules/";

/** In sluice's own checkout library and project share a folder: these are the library's rooms. */
const libraryRooms = [
  "sluice.ts",
  ...[
    "athena",
    "aws",
    "cli",
    "infra",
    "local",
    "needs",
    "pipelines",
    "plan",
    "policy",
    "producer",
    "schema",
    "testing",
  ],
];

interface KnownProject {
  /** Absolute, without symbolic links. */
  readonly folder: string;
  /** The program, from the folder. */
  readonly main: string;
  /** The files and folders there that are the library's. */
  readonly rooms: readonly string[];
}

/** The files of a Pulumi project: which of them a position means, and which its user wrote. */
export class ProjectFiles {
  readonly #project: KnownProject | undefined;

  /** @param project what is known of it. Default: nothing, as for a state of somebody else's. */
  constructor(project?: KnownProject) {
    this.#project = project;
  }

  /** @param name the project's. Nothing is known where the folder holds another one, or none. */
  static async of(folder: string, name: string): Promise<ProjectFiles> {
    const project = await readProject(folder).catch(() => undefined);
    if (project?.name !== name) return new ProjectFiles();
    const real = await realpath(folder);
    const program = await project.program().catch(() => undefined);
    const main = program ? slashed(relative(folder, program.main)) : "";
    return new ProjectFiles({ folder: real, main, rooms: real === ownFolder ? libraryRooms : [] });
  }

  /** The project's folder, where that is known. */
  get folder(): string | undefined {
    return this.#project?.folder;
  }

  /** A position's file from the project's folder. Undefined where it lies outside: it tells of somebody's machine. */
  nameOf({ file, absoluteFile }: SourcePosition): string | undefined {
    const path = absoluteFile ?? file;
    const start = `/${path}`.indexOf(`/${modules}`);
    if (start !== -1) return path.slice(start);
    const folder = this.#project?.folder;
    const isOutside = isAbsolute(path) || path.startsWith("../");
    if (!isOutside) return path;
    const absolute = folder === undefined ? absoluteFile : resolve(folder, path);
    if (absolute === undefined) return undefined;
    const inLibrary = slashed(relative(ownFolder, absolute));
    // A linked package's files are where the link leads to.
    if (!inLibrary.startsWith("../") && folder !== ownFolder) return `${modules}sluice/${inLibrary}`;
    if (absoluteFile === undefined) return undefined;
    return (folder !== undefined && endIn(folder, absoluteFile)) || file;
  }

  /** Whether the user wrote a file, rather than the author of a package. */
  isUsers(file: string): boolean {
    if (file.startsWith(modules)) return false;
    const { main, rooms } = this.#project ?? { rooms: [] };
    return file === main || !rooms.some((room) => file === room || file.startsWith(`${room}/`));
  }
}

/** The longest end of a path that is a file of a folder: the program may have run on another machine. */
function endIn(folder: string, path: string): string | undefined {
  const steps = path.split("/").slice(1);
  return steps.map((_, index) => steps.slice(index).join("/")).find((end) => existsSync(join(folder, end)));
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
