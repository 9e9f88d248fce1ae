/** Issues as the platforms of code reviews show them: on the lines of the declarations. */
import { createHash } from "node:crypto";
import { relative, resolve } from "node:path";
import { type Issue, printPath } from "../../issue.ts";

export const platforms = ["github", "gitlab"] as const;
export type Platform = (typeof platforms)[number];

/** Where files are, as the platform names them. */
export interface Places {
  /** The repository's root. */
  readonly root: string;
  /** The module that stands for an issue without a place. */
  readonly slos: string;
  /** Warnings are errors. */
  readonly strict: boolean;
}

/** What goes to stdout: workflow commands of GitHub, or a code quality report of GitLab. */
export function annotate(platform: Platform, issues: readonly Issue[], places: Places): string {
  if (platform === "github") return issues.map((fact) => workflowCommand(fact, places)).join("\n");
  return JSON.stringify(
    issues.map((fact) => qualityEntry(fact, places)),
    null,
    2,
  );
}

function workflowCommand(fact: Issue, places: Places): string {
  const { source } = fact;
  const place = source
    ? [`file=${property(inRepository(source.file, places))}`, `line=${source.line}`, `col=${source.column}`]
    : [];
  const command = { error: "error", warning: "warning", note: "notice" }[levelOf(fact, places)];
  return `::${command} ${[...place, `title=${property(fact.code)}`].join(",")}::${data(wordsOf(fact))}`;
}

/** What it reads as the end of something is written as a code of its own. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

const severities = { error: "major", warning: "minor", note: "info" } as const;

function qualityEntry(fact: Issue, places: Places): object {
  const { file, line } = fact.source ?? { file: places.slos, line: 1 };
  const path = inRepository(file, places);
  return {
    description: wordsOf(fact),
    check_name: fact.code,
    // The same issue of two pipelines is one: its line is left out, which moves with every edit above it.
    fingerprint: createHash("sha256")
      .update([path, fact.code, printPath(fact.path)].join("\0"))
      .digest("hex"),
    severity: severities[levelOf(fact, places)],
    location: { path, lines: { begin: line } },
  };
}

function levelOf({ level }: Issue, { strict }: Places): Issue["level"] {
  return strict && level === "warning" ? "error" : level;
}

function wordsOf({ path, message, hint }: Issue): string {
  return `${printPath(path)}: ${message} ${hint}`;
}

function inRepository(file: string, { root }: Places): string {
  return relative(root, resolve(file)).replaceAll("\\", "/");
}
