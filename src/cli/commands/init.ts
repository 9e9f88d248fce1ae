/** `firebreak init`: the files of a first project. What is in them is decided in `init/`; this asks, writes and prints. */
import { basename, resolve } from "node:path";
import type { Answers } from "../../init/answers.ts";
import type { Kit } from "../../init/project.ts";
import type { Survey } from "../../init/survey.ts";
import type { Added } from "../../io/write/add-files.ts";
import { hasErrors, type Issue } from "../../issue.ts";
import { openQuestions } from "../arguments/questions.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command, ExitCode, Flags, Input } from "../command.ts";
import { printIssues } from "../print/print-issues.ts";
import { alignColumns } from "../print/table.ts";
import type { Terminal } from "../print/terminal.ts";

export const init: Command = {
  name: "init",
  summary: "Starts a project here: declarations, scripts, and what a review needs",
  operands: [],
  options: ["name", "owner", "prometheus", "pulumi", "json"],
  loadsDeclarations: false,
  about: [
    "Asks for the name and the owner on a terminal, and for nothing in a pipe. With --prometheus it proposes SLOs",
    "for the metrics that are there, by the presets of known systems; credentials are those of `doctor`. No file",
    "is replaced: package.json, .gitattributes and AGENTS.md get what they lack; slos/index.ts must not be there.",
  ],
  examples: ["firebreak init", "firebreak init --name shop --owner web --prometheus http://localhost:9090"],
  async run(input, terminal) {
    await requireId(input.flags);
    const answers = await ask(input, terminal);
    const survey = await look(answers, terminal);
    if (hasErrors(survey.issues)) return report({ survey, added: NOTHING }, input, terminal);
    const { projectFiles } = await import("../../init/project.ts");
    const { addFiles } = await import("../../io/write/add-files.ts");
    const added = addFiles(process.cwd(), projectFiles(answers, survey, await kitFor(input.flags)));
    return report({ survey, added }, input, terminal);
  },
};

/** A name that was given is not changed: scripts know it. */
async function requireId({ name }: Flags): Promise<void> {
  const { isId, nearestId } = await import("../../parse/text/id.ts");
  if (name === undefined || isId(name)) return;
  throw new UsageError(
    `--name ${JSON.stringify(name)} is not an id: lower-case letters, digits and dashes, beginning with a letter.`,
    `Such as: --name ${nearestId(name) || "shop"}.`,
  );
}

const NOTHING: Added = { created: [], extended: [], kept: [], issues: [] };

async function ask({ flags }: Input, terminal: Terminal): Promise<Answers> {
  const { answersOf } = await import("../../init/answers.ts");
  const questions = flags.json ? undefined : openQuestions(terminal);
  const given = { name: flags.name, owner: flags.owner, prometheus: flags.prometheus };
  try {
    return await answersOf(given, basename(resolve(".")), questions?.ask);
  } finally {
    questions?.close();
  }
}

async function look({ prometheus }: Answers, terminal: Terminal): Promise<Survey> {
  if (prometheus === undefined) return { proposals: [], retentionSeconds: undefined, issues: [] };
  terminal.progress(`asking ${prometheus}`);
  const { survey } = await import("../../init/survey.ts");
  return survey(prometheus, process.env);
}

async function kitFor({ pulumi }: Flags): Promise<Kit> {
  const [{ deploymentTexts, ownManifest }, { lookAtFolder }] = await Promise.all([
    import("../../io/load/package-files.ts"),
    import("../../io/project-folder.ts"),
  ]);
  const { hasProgram, hasCode, isModule } = lookAtFolder(process.cwd());
  const { peerDependencies } = ownManifest();
  const devDependencies = { typescript: TYPESCRIPT, ...(pulumi ? peerDependencies : {}) };
  const needed = { devDependencies, isFirst: !hasCode };
  if (!pulumi) return { needed, deployment: undefined };
  const deployment = hasProgram
    ? ({ kind: "part", isModule } as const)
    : ({ kind: "program", files: deploymentTexts() } as const);
  return { needed, deployment };
}

/** The one that these declarations are tested with. */
const TYPESCRIPT = "~6.0.3";

interface Outcome {
  readonly survey: Survey;
  readonly added: Added;
}

async function report({ survey, added }: Outcome, { flags }: Input, terminal: Terminal): Promise<ExitCode> {
  const issues: readonly Issue[] = [...survey.issues, ...added.issues];
  const failed = hasErrors(issues);
  const { created, extended, kept } = added;
  const { proposals } = survey;
  if (flags.json) terminal.print(JSON.stringify({ ok: !failed, issues, created, extended, kept, proposals }, null, 2));
  else {
    printIssues(issues, false, terminal);
    if (!failed) terminal.print(await words({ survey, added }));
  }
  return failed ? 1 : 0;
}

async function words({ survey: { proposals }, added }: Outcome): Promise<string> {
  const files = [
    ...added.created.map((path) => [path, "created"]),
    ...added.extended.map((path) => [path, "extended"]),
    ...added.kept.map((path) => [path, "kept as it is"]),
  ];
  const found = proposals.map(({ preset, job, slos }) => [job || "no job", preset, slos.join(", ")]);
  const parts = found.length === 0 ? [] : [alignColumns([["JOB", "PRESET", "SLOS"], ...found]), ""];
  return [...parts, alignColumns(files), "", ...(await nextSteps(added))].join("\n");
}

const NOT_A_MODULE = 'package.json says "type": "commonjs": before Pulumi can run program.ts, make it "module".';

async function nextSteps({ created }: Added): Promise<string[]> {
  const { lookAtFolder } = await import("../../io/project-folder.ts");
  const { ownManifest } = await import("../../io/load/package-files.ts");
  const { name, version } = ownManifest();
  const { hasFirebreak, isCommonJs } = lookAtFolder(process.cwd());
  const install = hasFirebreak
    ? "npm install"
    : `npm install --save-dev ./${name}-${version}.tgz (wherever that is), then npm install`;
  const next = `Next: ${install}; look at slos/index.ts; npx firebreak build.`;
  return isCommonJs && created.includes("program.ts") ? [next, NOT_A_MODULE] : [next];
}
