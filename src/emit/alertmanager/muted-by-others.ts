/**
 * Inhibition rules of others that let one of firebreak's SLOs mute another. They were written for alerts that have the
 * labels in `equal`; of alerts that both lack a label, Alertmanager says that they have the same.
 */
import type { Plan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import { type Labels, takerOf } from "./foreign-matchers.ts";
import { parseForeign } from "./foreign-yaml.ts";
import { withoutOurs } from "./merge.ts";
import { alertsIn } from "./route-tests.ts";

/** @param file - What the text is called in issues. */
export function mutedByOthers(text: string, plan: Plan, file: string): Issue[] {
  const document = parseForeign(withoutOurs(text) ?? "");
  const { inhibit_rules: rules }: { readonly inhibit_rules?: unknown } = document.toJS();
  const all = alertsIn(plan);
  return (Array.isArray(rules) ? rules : []).flatMap((fields: Fields | null, index) => {
    const rule = readRule(fields ?? {});
    const muting = mutingIn(all, rule);
    return muting === undefined ? [] : [toIssue(muting, rule, [file, "inhibit_rules", index])];
  });
}

type Fields = Readonly<Record<string, unknown>>;

interface ForeignRule {
  readonly isSource: (labels: Labels) => boolean;
  readonly isTarget: (labels: Labels) => boolean;
  readonly equal: readonly string[];
}

function readRule(fields: Fields): ForeignRule {
  const side = (name: "source" | "target") =>
    takerOf({
      matchers: fields[`${name}_matchers`],
      match: fields[`${name}_match`],
      match_re: fields[`${name}_match_re`],
    });
  const equal = Array.isArray(fields.equal) ? fields.equal.map(String) : [];
  return { isSource: side("source"), isTarget: side("target"), equal };
}

interface Muting {
  readonly source: Labels;
  readonly target: Labels;
}

/** The first alert that one of another SLO mutes. */
function mutingIn(all: readonly Labels[], { isSource, isTarget, equal }: ForeignRule): Muting | undefined {
  const keyOf = (labels: Labels): string => JSON.stringify(equal.map((label) => labels[label] ?? ""));
  const [sources, targets] = [all.filter(isSource), all.filter(isTarget)];
  const both = new Set(sources.filter(isTarget));
  const sourcesBy = Map.groupBy(sources, keyOf);
  for (const target of targets) {
    // An alert that is both is muted only by those that are no target.
    const isMuting = (source: Labels): boolean =>
      senderOf(source) !== senderOf(target) && !(both.has(target) && both.has(source));
    const muting = sourcesBy.get(keyOf(target))?.filter(isMuting) ?? [];
    // One of another service shows best that the rule is meant for something else.
    const source = muting.find(({ slo_service }) => slo_service !== target.slo_service) ?? muting[0];
    if (source !== undefined) return { source, target };
  }
  return undefined;
}

function senderOf({ slo_service, slo, budget, experiment }: Labels): string {
  return [slo_service, slo ?? budget ?? experiment].filter((name) => name !== undefined).join("/");
}

function toIssue({ source, target }: Muting, { equal }: ForeignRule, path: (string | number)[]): Issue {
  const missing = equal.filter((label) => source[label] === undefined).map((label) => `\`${label}\``);
  const why = missing.length === 0 ? "" : `: neither has ${missing.join(" or ")}, and missing labels count as equal`;
  return issue(
    "muted-by-others",
    path,
    `this rule of yours lets ${nameOf(source)} mute ${nameOf(target)}${why}.`,
    'Add slo_service="" to its `target_matchers`: firebreak adds inhibition for its own alerts.',
  );
}

function nameOf(labels: Labels): string {
  return `${labels.alertname} of \`${senderOf(labels)}\``;
}
