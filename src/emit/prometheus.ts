/** Prometheus rule files: one per service. */
import { escapeTemplate } from "../compile/annotations/annotation-query.ts";
import {
  type AlertingRule,
  groupsOf,
  type Rule,
  type RuleGroup,
  type ServicePlan,
  watchedIn,
} from "../compile/plan.ts";
import type { Text } from "../declare/declaration.ts";
import { printSeconds } from "../promql/duration.ts";
import { print } from "../promql/print.ts";
import type { Emitted } from "./artifact.ts";
import type { Target } from "./target.ts";
import type { Comment } from "./yaml/print-yaml.ts";

export const prometheus: Target = {
  name: "prometheus",
  files: /^prometheus\/.*\.rules\.yaml$/,
  emit: (plan) => plan.services.flatMap(ruleFile),
};

/** Where a service's rules are, relative to the output. */
export function ruleFilePath(service: string): string {
  return `prometheus/${service}.rules.yaml`;
}

// Its rules are made when it is printed: all files together would be most of what a build holds.
function ruleFile(plan: ServicePlan): Emitted[] {
  if (watchedIn(plan).length === 0) return [];
  const { name } = plan.service;
  return [
    {
      kind: "rules",
      service: name,
      name: "",
      path: ruleFilePath(name),
      format: "yaml",
      header: `Made by firebreak from the declaration of ${name}. Edit that, not this.\ndocs/rules.md explains the rules.`,
      inline: ["labels"],
      get value() {
        return { groups: groupsOf(plan).map(groupValue) };
      },
      get comments() {
        return groupsOf(plan).flatMap(commentsOf);
      },
    },
  ];
}

function commentsOf({ comment, rules }: RuleGroup, index: number): Comment[] {
  const above = (at: Comment["at"], text: string | undefined): Comment[] =>
    text === undefined ? [] : [{ at, text: wrapped(text) }];
  return [
    ...above(["groups", index], comment),
    ...rules.flatMap((rule, place) => above(["groups", index, "rules", place], rule.comment)),
  ];
}

/** Lines that a person reads without scrolling. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < COMMENT_WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}

const COMMENT_WIDTH = 118;

interface GroupValue {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly object[];
}

/** A group as Prometheus reads it. */
function groupValue(group: RuleGroup): GroupValue {
  return { name: group.name, interval: printSeconds(group.intervalSeconds), rules: group.rules.map(ruleValue) };
}
function ruleValue(rule: Rule): object {
  if (rule.type === "record") return { record: rule.record, expr: print(rule.expr), labels: rule.labels };
  return {
    alert: rule.alert,
    expr: print(rule.expr),
    ...durations(rule),
    ...ruleText(rule),
  };
}

/** What an alert carries, as templates. */
export function ruleText(rule: AlertingRule): Record<"labels" | "annotations", Record<string, string>> {
  return { labels: escaped(rule.labels), annotations: annotations(rule) };
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
