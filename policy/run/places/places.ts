import {
  projectOf,
  stackOf,
  type DeploymentDocument,
  type PlannedResource,
} from "../../../plan/deployment.ts";
import { readSourcePosition, type SourceLine } from "../../../plan/source-position.ts";
import { stackSettings, type StackSetting } from "../../../plan/stack-settings.ts";
import { ProjectFiles } from "./project-files.ts";
import { settingOf, type SettingFact } from "./setting-facts.ts";

/** Where a finding stands. */
export interface Located {
  /** The user's line: of a setting, else of the program. Undefined where the document does not say. */
  readonly place?: SourceLine;
  /** Other lines that have to do with it, each once. */
  readonly related: readonly RelatedLine[];
}

export interface RelatedLine extends SourceLine {
  /** What stands there. */
  readonly message: string;
}

interface Known {
  readonly files?: ProjectFiles;
  readonly facts?: readonly SettingFact[];
  readonly settings?: ReadonlyMap<string, StackSetting>;
}

/** Finds the line that a user can change for a finding. */
export class Places {
  readonly #resources: ReadonlyMap<string, PlannedResource>;
  readonly #known: Required<Known>;

  /** @param known the project's files and settings. Default: what the document alone says. */
  constructor(document: DeploymentDocument, known: Known = {}) {
    this.#resources = new Map(document.deployment.resources.map((resource) => [resource.urn, resource]));
    this.#known = { files: new ProjectFiles(), facts: [], settings: new Map(), ...known };
  }

  /**
   * @param folder of the Pulumi project. Where another project's document is evaluated, it does not count.
   * @param facts what the settings in the stack's file decide.
   */
  static async of(
    document: DeploymentDocument,
    folder: string,
    facts: readonly SettingFact[],
  ): Promise<Places> {
    const urn = document.deployment.resources[0]?.urn ?? "";
    const files = await ProjectFiles.of(folder, projectOf(urn));
    if (files.folder === undefined) return new Places(document);
    const settings = await stackSettings(files.folder, projectOf(urn), stackOf(urn));
    return new Places(document, { files, facts, settings });
  }

  /**
   * The setting that the finding comes from; else the nearest line of the user's that led to the resource, or to one of
   * its ancestors. The library's own line is a related one.
   */
  locate({ urn, message }: { urn: string; message?: string }): Located {
    const resource = this.#resources.get(urn);
    if (!resource) return { related: [] };
    const { facts, settings } = this.#known;
    const setting = message === undefined ? undefined : settingOf({ resource, message }, facts, settings);
    const declared = this.#declared(resource);
    const [origin] = this.#calls({ ...resource, stackTrace: [] });
    const lines: RelatedLine[] = [
      ...(setting ? [{ ...lineOf(setting), message: "the setting" }] : []),
      ...(declared ? [{ ...declared, message: "the program's line" }] : []),
      ...(origin ? [{ ...origin, message: "the library's line" }] : []),
    ];
    const place = setting ?? declared;
    const related = lines.filter(
      (line, index) =>
        !lines.slice(0, index).some((other) => isSame(other, line)) && !(place && isSame(place, line)),
    );
    return { ...(place && { place: lineOf(place) }), related };
  }

  #declared(resource: PlannedResource): SourceLine | undefined {
    const own = this.#calls(resource).find(({ file }) => this.#known.files.isUsers(file));
    if (own) return own;
    const parent = this.#resources.get(resource.parent ?? "");
    return parent && this.#declared(parent);
  }

  /** The calls that led to a resource, as far as they lie in the project's folder, the innermost first. */
  #calls({ sourcePosition, stackTrace }: PlannedResource): SourceLine[] {
    return [sourcePosition, ...(stackTrace ?? []).map((call) => call.sourcePosition)].flatMap((text) => {
      const position = readSourcePosition(text ?? "");
      const file = position && this.#known.files.nameOf(position);
      return file === undefined ? [] : [{ ...lineOf(position!), file }];
    });
  }
}

function lineOf({ file, line, column }: SourceLine): SourceLine {
  return { file, line, column };
}

function isSame(a: SourceLine, b: SourceLine): boolean {
  return a.file === b.file && a.line === b.line;
}
