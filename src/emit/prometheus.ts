/** Prometheus rule files: one per service, and one more for the groups that read long windows. */
import type { AlertingRule, Rule, RuleGroup, ServicePlan } from "../compile/plan.ts";
import type { Text } from "../model/declaration.ts";
import { printSeconds } from "../promql/duration.ts";
import { print } from "../promql/print.ts";
import type { Artifact } from "./artifact.ts";
import type { Target } from "./target.ts";

export const prometheus: Target = {
  name: "prometheus",
  emit: (plan) =>
    plan.services.flatMap((service) =>
      RULED.flatMap((of) => [...ruleFile(service, "rules", of), ...ruleFile(service, "long", of)]),
    ),
};

/** What has rules of its own: files apart, so that one changes without the others. */
const RULED = ["slos", "budgets", "experiments"] as const;

type Ruled = (typeof RULED)[number];

/** Where a service's rules are, relative to the output. */
export function ruleFilePath(service: string, file: RuleGroup["file"], of: Ruled = "slos"): string {
  return `prometheus/${service}${of === "slos" ? "" : `.${of}`}${file === "long" ? ".long" : ""}.rules.yaml`;
}

function ruleFile(plan: ServicePlan, file: RuleGroup["file"], of: Ruled): Artifact[] {
  const groups = plan[of].flatMap((each) => each.groups).filter((group) => group.file === file);
  if (groups.length === 0) return [];
  const { name } = plan.service;
  const header = `Made by firebreak from the declaration of ${name}. Edit that, not this.`;
  return [{ path: ruleFilePath(name, file, of), format: "yaml", header, value: { groups: groups.map(groupValue) } }];
}

function groupValue(group: RuleGroup): object {
  return { name: group.name, interval: printSeconds(group.intervalSeconds), rules: group.rules.map(ruleValue) };
}

function ruleValue(rule: Rule): object {
  if (rule.type === "record") return { record: rule.record, expr: print(rule.expr), labels: rule.labels };
  return {
    alert: rule.alert,
    expr: print(rule.expr),
    ...durations(rule),
    labels: escaped(rule.labels),
    annotations: annotations(rule),
  };
}

function durations(rule: AlertingRule): object {
  return {
    ...(rule.forSeconds > 0 ? { for: printSeconds(rule.forSeconds) } : {}),
    ...(rule.keepFiringForSeconds > 0 ? { keep_firing_for: printSeconds(rule.keepFiringForSeconds) } : {}),
  };
}

function annotations(rule: AlertingRule): Record<string, string> {
  return Object.fromEntries(Object.entries(rule.annotations).map(([name, text]) => [name, annotationText(text)]));
}

/** Annotations are Go templates: a plain string must come out of them as it went in. */
export function annotationText(text: Text): string {
  return typeof text === "string" ? escapeTemplate(text) : text.template;
}

function escaped(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, escapeTemplate(value)]));
}

/** `{{` opens an action; as the output of one it is text. */
function escapeTemplate(text: string): string {
  return text.replaceAll("{{", '{{ "{{" }}');
}
