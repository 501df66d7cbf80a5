/** Where a rule is explained: its heading in the page of its pack, from the root of the repository. */
export function pageOf(pack: string, rule: string): string {
  return `docs/rules/${pack}.md#${rule}`;
}
