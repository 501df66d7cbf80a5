/** A fenced block of a Markdown page. */
export interface Block {
  /** Where its text begins, from 1. */
  readonly line: number;
  /** As it stands behind the fence; empty where nothing does. */
  readonly language: string;
  readonly text: string;
  /** The comments before it, as `key: value` each. */
  readonly markers: readonly Marker[];
}

export interface Marker {
  readonly key: string;
  readonly value: string;
}

/** What a block of commands may need that a test has not: why it is not run, and what one of its commands must then be. */
const needs: Readonly<Record<string, { why: string; command: RegExp }>> = {
  account: { why: "an AWS account", command: /^(aws|pulumi)\b|--stack (dev|prod)\b/ },
  pulumi: { why: "the Pulumi CLI", command: /^pulumi\b/ },
  network: { why: "a package registry", command: /^npm (ci|install|update)\b/ },
  server: { why: "the log files of a server", command: /\/var\/log\// },
};

/** Commands that no test runs. */
const neverRun = /^(aws|pulumi|npm (ci|install|update))\b/;

/** What stands in the comment before a block: `<!-- key: value -->`. */
const markers: Readonly<Record<string, { languages: RegExp; values: RegExp; rule: string }>> = {
  needs: {
    languages: /^sh$/,
    values: new RegExp(`^(${Object.keys(needs).join("|")})$`),
    rule: `before commands, one of ${Object.keys(needs).join(", ")}`,
  },
  exits: {
    languages: /^sh$/,
    values: /^[1-9]\d*$/,
    rule: "before commands, the code that the last one exits with",
  },
  file: {
    languages: /^(?!sh$)./,
    values: /^(?!\/)(?!.*\.\.)[\w./-]+$/,
    rule: "before the text of a file, its path in the page's folder",
  },
};

const block = /((?:^<!--.*-->\n+)*)^( *)```(.*)\n([\s\S]*?)^\2```$/gm;

/** The fenced blocks of a page, in their order. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(block)].map((match) => {
    const [, comments = "", , language = "", text = ""] = match;
    return {
      line: page.slice(0, match.index + match[0].length - text.length - "```".length).split("\n").length,
      language: language.trim(),
      text,
      markers: [...comments.matchAll(/^<!-- *(.*?) *-->$/gm)].map(([, comment = ""]) => {
        const [, key = comment, value = ""] = /^(\w+): (.*)$/.exec(comment) ?? [];
        return { key, value };
      }),
    };
  });
}

/** What is wrong with a block, in one sentence each. */
export function problemsOf({ language, text, markers: found }: Block): string[] {
  const problems = found.flatMap(({ key, value }) => {
    const marker = Object.hasOwn(markers, key) ? markers[key] : undefined;
    if (!marker) return [`"${key}" is no marker: use ${Object.keys(markers).join(", ")}`];
    return marker.languages.test(language) && marker.values.test(value)
      ? []
      : [`${key} "${value}": ${marker.rule}`];
  });
  if (language === "") problems.push("no language: sh for commands, text for what is printed");
  if (/^(bash|shell|console|zsh)$/.test(language)) problems.push(`"${language}": commands are sh`);
  if (language !== "sh") return problems;
  const commands = commandsOf(text);
  const need = needs[valueOf(found, "needs") ?? ""];
  if (need && !commands.some((command) => need.command.test(command))) {
    problems.push(`none of its commands needs ${need.why}: drop the marker`);
  }
  const unmarked = need ? undefined : commands.find((command) => neverRun.test(command));
  if (unmarked !== undefined) problems.push(`"${unmarked}" can't be run: say what it needs`);
  return problems;
}

/** The value of a block's marker; undefined where it has none. */
export function valueOf(found: readonly Marker[], key: string): string | undefined {
  return found.find((marker) => marker.key === key)?.value;
}

/** The commands of a block: its lines, joined where one ends in a backslash; comments left out. */
export function commandsOf(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}
