/** Issues for people, on stderr, and how many there are. */
import type { BuildResult } from "../../build.ts";
import { type Issue, printIssue, printPath } from "../../issue.ts";
import type { Paint, Terminal } from "./terminal.ts";

/** Prints every issue; with `strict` the warnings count as errors. Notes are left to `check`. */
export function printProblems(issues: readonly Issue[], strict: boolean, terminal: Terminal): void {
  const problems = issues.filter((fact) => fact.level !== "note");
  const notes = issues.length - problems.length;
  printIssues(problems, strict, terminal);
  if (notes > 0) terminal.note(`${count(notes, "note")}: see firebreak check.`);
}

/** Prints every issue, notes too; with `strict` the warnings count as errors. */
export function printIssues(issues: readonly Issue[], strict: boolean, terminal: Terminal): void {
  if (issues.length === 0) return;
  for (const fact of issues) terminal.note(paintIssue(fact, terminal.paintNote));
  terminal.note(
    `\n${countIssues(issues)}${strict && issues.some(isWarning) ? " (--strict: warnings are errors)" : ""}`,
  );
}

/** Says where nobody has looked yet, so that a short list is not taken for a complete one. */
export function printWaiting({ plan, waiting }: Pick<BuildResult, "plan" | "waiting">, terminal: Terminal): void {
  if (plan !== undefined) return;
  const all = waiting.length === 0 ? "" : `; all of them for ${waiting.map(printPath).join(", ")}`;
  terminal.note(`Some checks wait until the errors are corrected${all}.`);
}

/** `2 errors, 1 warning, 1 note`. */
export function countIssues(issues: readonly Issue[]): string {
  const counts = (["error", "warning", "note"] as const).map((level) =>
    count(issues.filter((fact) => fact.level === level).length, level),
  );
  return counts.filter((text) => text !== "").join(", ") || "no issues";
}

/** `3 files`, `1 file`, or nothing for none. */
export function count(number: number, noun: string): string {
  if (number === 0) return "";
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function isWarning(fact: Issue): boolean {
  return fact.level === "warning";
}

const styles = { error: "red", warning: "yellow", note: "cyan" } as const;

// The code stands out, and the hint steps back: that is how a list of thirty is read.
function paintIssue(fact: Issue, paint: Paint): string {
  const text = printIssue(fact);
  const hintAt = text.lastIndexOf("\n  hint: ");
  const code = paint(styles[fact.level], fact.code);
  return text.slice(0, hintAt).replace(`${fact.code} `, () => `${code} `) + paint("dim", text.slice(hintAt));
}
