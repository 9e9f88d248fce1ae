/** What `--rules` names, read: rules of the user's own, which may read what goes. */
import type { ReadRules } from "../diff/readers/read-rules.ts";
import type { Flags } from "./command.ts";
import { printIssues } from "./print/print-issues.ts";
import type { Terminal } from "./print/terminal.ts";

/** Of what cannot be read is a warning: printed here, where there is no `--json`. */
export async function readersOf({ rules, strict, json }: Flags, terminal: Terminal): Promise<ReadRules> {
  if (rules.length === 0) return { readers: [], issues: [] };
  const [{ findRuleFiles }, { readRules }] = await Promise.all([
    import("../io/find-rule-files.ts"),
    import("../diff/readers/read-rules.ts"),
  ]);
  const read = findRuleFiles(rules).map(({ path, text }) => readRules(text, path));
  const issues = read.flatMap((each) => each.issues);
  if (!json) printIssues(issues, strict, terminal);
  return { readers: read.flatMap(({ readers }) => readers), issues };
}
