/** Issues as the platforms of code reviews show them: on the lines of the declarations. */
import type { Issue } from "../../issue.ts";
import { fingerprintOf, inRepository, levelOf, type Places, placeOf, wordsOf } from "./places.ts";

/** `sarif` is what code scanning reads: `sarif.ts` makes it. */
export const annotations = ["github", "gitlab", "sarif"] as const;
export type Annotations = (typeof annotations)[number];

/** What goes to stdout: workflow commands of GitHub, or a code quality report of GitLab. */
export function annotate(platform: Exclude<Annotations, "sarif">, issues: readonly Issue[], places: Places): string {
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
  const { path, line } = placeOf(fact, places);
  return {
    description: wordsOf(fact),
    check_name: fact.code,
    fingerprint: fingerprintOf(fact, places),
    severity: severities[levelOf(fact, places)],
    location: { path, lines: { begin: line } },
  };
}
