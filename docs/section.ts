/**
 * Replaces what stands between `<!-- name:start -->` and `<!-- name:end -->` in a page.
 * @throws {Error} when the page has no such section.
 */
export function replaceSection(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no section "${name}": write ${start} and ${end}.`);
  return `${page.slice(0, from + start.length)}\n\n${text}\n\n${page.slice(to)}`;
}
