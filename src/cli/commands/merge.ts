/** `firebreak merge`: routes, receivers and inhibition into an Alertmanager configuration that exists. */
import { dirname } from "node:path";
import type { Plan } from "../../compile/plan.ts";
import type { ItemCount } from "../../emit/alertmanager/merge.ts";
import type { Artifact } from "../../emit/artifact.ts";
import { hasErrors, type Issue } from "../../issue.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command, Flags } from "../command.ts";
import { printIssues } from "../print/print-issues.ts";
import type { Terminal } from "../print/terminal.ts";

export const merge: Command = {
  name: "merge",
  summary: "Adds routes and receivers to an existing Alertmanager configuration",
  operands: [],
  options: ["into", "strict", "json"],
  about: [
    "What it puts there stands between two comments, under names that begin with firebreak-, and is replaced",
    "the next time; all else stays as it is. The texts of notifications come to templates/ beside the file.",
  ],
  examples: ["firebreak merge --into alertmanager.yaml", "amtool check-config alertmanager.yaml"],
  async run({ flags }, terminal, evaluate) {
    const into = requireFile(flags);
    const { plan, artifacts, issues } = await evaluate(flags, terminal, ["alertmanager"]);
    const failed = hasErrors(issues, flags.strict);
    const outcome = failed || plan === undefined ? undefined : await mergeFile({ into, plan, artifacts, flags });
    const all = [...issues, ...(outcome?.issues ?? [])];
    const ok = !hasErrors(all, flags.strict);
    if (flags.json) terminal.print(JSON.stringify({ ok, issues: all, ...(ok ? mergedOf(outcome) : {}) }, null, 2));
    else report(all, outcome, { flags, into, terminal });
    return ok ? 0 : 1;
  },
};

function requireFile({ into }: Flags): string {
  if (into !== undefined) return into;
  throw new UsageError("merge needs --into.", "Such as: firebreak merge --into alertmanager.yaml");
}

interface Outcome {
  readonly issues: readonly Issue[];
  readonly changed: boolean;
  readonly items: readonly ItemCount[];
}

interface Merging {
  readonly into: string;
  readonly plan: Plan;
  readonly artifacts: readonly Artifact[];
  readonly flags: Flags;
}

/** All or nothing: neither file is touched where one of them cannot be. */
async function mergeFile({ into, plan, artifacts, flags }: Merging): Promise<Outcome> {
  const { readText, replaceText } = await import("../../io/write/merge-file.ts");
  const { mergeInto } = await import("../../emit/alertmanager/merge.ts");
  const { unheardRoutes } = await import("../../emit/alertmanager/unheard-routes.ts");
  const { mutedByOthers } = await import("../../emit/alertmanager/muted-by-others.ts");
  const { applyWrite, planWrite } = await import("../../io/write/write-artifacts.ts");
  const before = readText(into);
  const { compileConfig, skeletonIssues } = await import("../../emit/alertmanager.ts");
  const merged = mergeInto(before, compileConfig(plan), into);
  const texts = planWrite({ directory: dirname(into), artifacts: templatesIn(artifacts), folders: ["templates"] });
  const foreign = "text" in merged ? [...unheardRoutes(before, plan, into), ...mutedByOthers(before, plan, into)] : [];
  const issues = [...skeletonIssues(plan), ...merged.issues, ...texts.issues, ...foreign];
  if (!("text" in merged) || hasErrors(issues, flags.strict)) return { issues, changed: false, items: [] };
  applyWrite(texts);
  if (merged.text !== before) replaceText(into, merged.text);
  const changed = merged.text !== before || texts.created.length + texts.changed.length > 0;
  return { issues, changed, items: merged.items };
}

/** As they lie beside the configuration. */
function templatesIn(artifacts: readonly Artifact[]): Artifact[] {
  return artifacts
    .filter(({ path }) => path.startsWith("alertmanager/templates/"))
    .map((artifact) => ({ ...artifact, path: artifact.path.replace("alertmanager/", "") }));
}

/** What the file holds now, list by list. */
function mergedOf(outcome: Outcome | undefined) {
  return outcome && { changed: outcome.changed, lists: outcome.items };
}

interface Surroundings {
  readonly flags: Flags;
  readonly into: string;
  readonly terminal: Terminal;
}

function report(issues: readonly Issue[], outcome: Outcome | undefined, { flags, into, terminal }: Surroundings): void {
  printIssues(issues, flags.strict, terminal);
  if (outcome === undefined || hasErrors(outcome.issues, flags.strict)) return;
  const ours = countWords(outcome.items, "ours");
  const theirs = countWords(outcome.items, "theirs");
  const kept = theirs === "" ? "" : ` Of others, unchanged: ${theirs}.`;
  terminal.print(`${into} ${outcome.changed ? "now has" : "is as it was, with"} ${ours} of firebreak's.${kept}`);
}

/** `3 routes, 2 receivers, 1 inhibition rule`. */
function countWords(items: readonly ItemCount[], whose: "ours" | "theirs"): string {
  const some = items.filter((item) => item[whose] > 0);
  return some.map((item) => `${item[whose]} ${nounOf(item.list, item[whose])}`).join(", ");
}

function nounOf(list: string, count: number): string {
  const plural = list === "inhibit_rules" ? "inhibition rules" : list.replaceAll("_", " ");
  return count === 1 ? plural.slice(0, -1) : plural;
}
