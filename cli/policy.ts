import { Command, Option } from "commander";
import { readFile, writeFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { text } from "node:stream/consumers";
import { join, resolve } from "node:path";
import { settingFacts } from "../infra/setting-facts.ts";
import { currentProjectFolder, evaluateStack } from "../plan/evaluate.ts";
import type { DeploymentDocument } from "../plan/deployment.ts";
import { projectOf, stackOf } from "../plan/deployment.ts";
import { readStackFiles } from "../plan/project.ts";
import { packs } from "../policy/packs.ts";
import { explain } from "../policy/run/explain.ts";
import { Packs } from "../policy/run/packs.ts";
import { LevelsError, readLevels, type RuleConfig } from "../policy/run/levels.ts";
import { Places } from "../policy/run/places/places.ts";
import { PackError } from "../policy/run/pack-process.ts";
import { readyPackFolders } from "../policy/run/pack-folders.ts";
import { DeploymentError, readDeployment } from "../policy/run/read-deployment.ts";
import type { PolicyReport } from "../policy/run/report.ts";
import { jsonReport } from "../policy/run/reports/json.ts";
import { junitReport } from "../policy/run/reports/junit.ts";
import { markdownReport } from "../policy/run/reports/markdown.ts";
import { verdictOf } from "../policy/run/reports/place.ts";
import { prettyReport } from "../policy/run/reports/pretty.ts";
import { sarifReport } from "../policy/run/reports/sarif.ts";
import { suggestion } from "../policy/run/suggestion.ts";
import { UserError } from "./user-error.ts";

interface PolicyOptions {
  stack?: string;
  folder?: string;
  file?: string;
  levels?: string;
  unknowns?: boolean;
  format: keyof typeof formats;
  output?: string;
  explain?: string;
}

const formats = {
  pretty: (report: PolicyReport, toTerminal: boolean) => prettyReport(report, toTerminal),
  json: jsonReport,
  markdown: markdownReport,
  sarif: sarifReport,
  junit: junitReport,
};

const allRules = [...packs].flatMap(([pack, rules]) => rules.map((rule) => ({ pack, rule })));

/** `sluice policy`: evaluates a stack by the policy packs, without the Pulumi CLI and without credentials. */
export function policyCommand(): Command {
  return new Command("policy")
    .option("--stack <name>", "the stack to evaluate; its levels are policy/levels/<name>.json")
    .option("--folder <path>", "another Pulumi project's folder")
    .option("--file <path>", "evaluate a deployment document instead (`pulumi stack export`); - reads stdin")
    .option("--levels <path>", "another file of levels, in the format of --policy-pack-config")
    .option("--unknowns", "evaluate as a first preview does: what only AWS can tell is unknown")
    .addOption(
      new Option("--format <format>", "how to report").choices(Object.keys(formats)).default("pretty"),
    )
    .option("--output <path>", "write the report to a file, and the verdict to stderr")
    .option("--explain <rule>", "say what a rule wants and why, and evaluate nothing")
    .addHelpText(
      "after",
      "\nExit code: 0 no mandatory violation, 1 mandatory violations, 2 wrong call or input.",
    )
    .action(async (options: PolicyOptions) => {
      if (options.explain !== undefined) {
        process.stdout.write(explained(options.explain));
        return;
      }
      const report = await evaluated(options).catch((error: unknown) => {
        const isMessage = [DeploymentError, LevelsError, PackError].some((kind) => error instanceof kind);
        throw isMessage ? new UserError((error as Error).message) : error;
      });
      await show(report, options);
      if (report.summary.mandatory > 0) process.exitCode = 1;
    });
}

async function evaluated(options: PolicyOptions): Promise<PolicyReport> {
  const startedMilliseconds = performance.now();
  const preview = options.unknowns ?? false;
  // Before the program is evaluated, which changes the working directory for a while.
  const folder = options.folder === undefined ? currentProjectFolder() : resolve(options.folder);
  const config = await levelsOf(options, folder);
  const { document, stack, project } =
    options.file === undefined ? await plannedStack(options, folder) : await storedStack(options.file);
  const folders = await readyPackFolders([...packs.keys()]);
  await using opened = await Packs.open({ packs: folders, environment: { stack, project, preview }, config });
  const places = await Places.of(await document, folder, settingFacts);
  return await opened.evaluate(await document, { startedMilliseconds, places });
}

interface Evaluated {
  readonly document: DeploymentDocument | Promise<DeploymentDocument>;
  readonly stack: string;
  readonly project: string;
}

/** The program is evaluated while the packs boot. */
async function plannedStack(options: PolicyOptions, folder: string): Promise<Evaluated> {
  const { stack, unknowns = false } = options;
  if (stack === undefined) {
    throw new UserError("Name a stack (--stack prod) or a deployment document (--file state.json).");
  }
  const { project } = await readStackFiles(folder, stack);
  const document = evaluateStack({ stack, unknowns, folder });
  // It may fail before anybody waits for it; evaluating then tells of it.
  document.catch(() => undefined);
  return { document, stack, project };
}

async function storedStack(file: string): Promise<Evaluated> {
  const document =
    file === "-"
      ? readDeployment(await text(process.stdin), "stdin")
      : readDeployment(await readInput(file), file);
  const urn = document.deployment.resources[0]?.urn ?? "";
  return { document, stack: stackOf(urn), project: projectOf(urn) };
}

/** A stack's own levels; a document that no stack is named for has the rules' own. */
async function levelsOf({ levels, stack }: PolicyOptions, folder: string): Promise<Map<string, RuleConfig>> {
  const rules = allRules.map(({ rule }) => rule);
  if (levels !== undefined) return readLevels(await readInput(levels), levels, rules);
  if (stack === undefined) return readLevels("{}", "no levels", rules);
  const path = join(folder, "policy", "levels", `${stack}.json`);
  const own = await readFile(path, "utf8").catch(() => "{}");
  return readLevels(own, path, rules);
}

async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  }
}

async function show(report: PolicyReport, { format, output }: PolicyOptions): Promise<void> {
  const toTerminal = output === undefined && process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
  const shown = formats[format](report, toTerminal);
  if (output === undefined) {
    process.stdout.write(shown);
    return;
  }
  await writeFile(output, shown);
  console.error(`${verdictOf(report)} in stack ${report.stack}; see ${output}`);
}

function explained(name: string): string {
  const found = allRules.find(({ rule }) => rule.name === name);
  if (found) return explain(found.rule, found.pack);
  const names = allRules.map(({ rule }) => rule.name);
  throw new UserError(`"${name}" is no rule.${suggestion(name, names)} The rules: ${names.join(", ")}.`);
}
