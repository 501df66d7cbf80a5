import { projectOf, type PlannedResource } from "../../../plan/deployment.ts";
import type { StackSetting } from "../../../plan/stack-settings.ts";

/** What a setting of a stack decides, and how findings speak of it. */
export interface SettingFact {
  /** The configuration key, without its namespace. */
  readonly setting: string;
  /** The Pulumi types of the resources that findings are about. Default: any. */
  readonly types?: readonly string[];
  /** How a finding's message names what the setting decides. */
  readonly says: RegExp;
  /**
   * The input that holds the setting's value, or the setting's value that a finding can come from. A finding stands at
   * the setting only where this holds, so not where the program has changed the input since.
   */
  readonly holds: { readonly input: string } | { readonly value: string };
}

/** The pipelines' components, which alone read these settings. */
const component = "sluice:pipeline:";

/** The setting in a stack's file that a finding comes from; undefined where none does. */
export function settingOf(
  { resource, message }: { resource: PlannedResource; message: string },
  facts: readonly SettingFact[],
  settings: ReadonlyMap<string, StackSetting>,
): StackSetting | undefined {
  if (!resource.urn.includes(component)) return undefined;
  const project = projectOf(resource.urn);
  for (const { setting, types, says, holds } of facts) {
    const given = settings.get(`${project}:${setting}`);
    if (given === undefined || (types && !types.includes(resource.type)) || !says.test(message)) continue;
    const value = "value" in holds ? holds.value : inputOf(resource, holds.input);
    if (String(value) === given.value) return given;
  }
  return undefined;
}

function inputOf({ inputs }: PlannedResource, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], inputs);
}
