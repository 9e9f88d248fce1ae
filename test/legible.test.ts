/**
 * DESIGN.md §5 "Size": rules that a reviewer reads in one go, of everything that the build makes of `slos/`, of every
 * preset's example and of the golden of everything.
 */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as own from "../slos/index.ts";
import { build } from "../src/build.ts";
import type { RuleGroup, ServicePlan } from "../src/compile/plan.ts";
import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "../src/declare/declaration.ts";
import { render } from "../src/emit/artifact.ts";
import { ruleFilePath } from "../src/emit/prometheus.ts";
import { readTemplates } from "../src/io/read-templates.ts";
import * as everything from "./golden/everything/index.ts";
import { exampleServices, presetPlatform } from "./presets/example-services.ts";

/** What is not yet in plain rules, and is in each source. Empty at the end: what needs no entry any more may not have one. */
const STILL_OLD: readonly string[] = [];

const EXPRESSION = { lines: 16, width: 110, median: 4 };
const DEFAULT_SLO = { rules: 34, lines: 380, tokens: 1500 };
const RULES_OF_A_FEATURE = 4;
const LINES_OF = { budget: 280, experiment: 180 };
/** What no budget has to have, and how many lines each of it may add. */
const BUDGET_FEATURES = ["by", "limits", "anomaly", "requests", "tokens", "unitCost", "activeUsers", "prices"] as const;
const LINES_OF_A_BUDGET_FEATURE = 25;
/** What each SLI of an experiment after the first may add: how it counts. */
const LINES_OF_AN_SLI = 25;
const GROUP = 20;
const YAML_WIDTH = 160;

/** Fields that an SLO may have without being more than a default one. */
const PLAIN: readonly (keyof SloDeclaration)[] = ["name", "description", "objective", "window", "groupBy", "sli"];

interface Rule {
  readonly name: string;
  readonly expr: string;
}

interface Unit {
  readonly id: string;
  readonly kind: "slo" | "budget" | "experiment" | "service";
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
  readonly text: readonly string[];
  /** How many things an SLO or a budget declares that none has to; the SLIs of an experiment after the first. */
  readonly features: number;
}

interface File {
  readonly path: string;
  readonly units: readonly Unit[];
}

const files = [
  ...built("slos", own.services, own.platform),
  ...built("golden", everything.services, everything.platform),
  ...exampleServices().flatMap(({ service }) => built("preset", [service], presetPlatform)),
];
const units = files.flatMap((file) => file.units);

function built(source: string, services: readonly ServiceDeclaration[], platform: PlatformDeclaration): File[] {
  const { plan, artifacts } = build({
    services,
    platform,
    templates: readTemplates(),
    targets: ["prometheus"],
  });
  return (plan?.services ?? []).flatMap((service) => {
    const path = ruleFilePath(service.service.name);
    const artifact = artifacts.find((each) => each.path === path);
    const declared = services.find(({ name }) => name === service.service.name);
    return artifact ? [{ path: `${source} ${path}`, units: unitsOf(source, service, render(artifact), declared) }] : [];
  });
}

function unitsOf(source: string, plan: ServicePlan, text: string, declared?: ServiceDeclaration): Unit[] {
  const blocks = new Map(text.split(/^ {2}- name: /m).map((block) => [block.slice(0, block.indexOf("\n")), block]));
  const parsed = parse(text) as { groups: { name: string; rules: Record<string, string>[] }[] };
  const unit = (kind: Unit["kind"], name: string, groups: readonly RuleGroup[], features = 0): Unit => ({
    id: `${source} ${kind === "service" ? name : `${plan.service.name}/${name}`}`,
    kind,
    features,
    text: groups.flatMap((group) => (blocks.get(group.name) ?? "").trimEnd().split("\n")),
    groups: parsed.groups
      .filter(({ name: group }) => groups.some((each) => each.name === group))
      .map((group) => ({
        name: group.name,
        rules: group.rules.map(({ record, alert, expr = "" }) => ({ name: record ?? alert ?? "", expr })),
      })),
  });
  return [
    unit("service", plan.service.name, plan.groups),
    ...plan.slos.map(({ slo: { name }, groups }) => unit("slo", name, groups, featuresOf(declared, name))),
    ...plan.budgets.map(({ budget: { name }, groups }) => unit("budget", name, groups, budgetFeatures(declared, name))),
    ...plan.experiments.map(({ experiment: { name, slis }, groups }) =>
      unit("experiment", name, groups, slis.length - 1),
    ),
  ];
}

function budgetFeatures(declared: ServiceDeclaration | undefined, name: string): number {
  const budget = declared?.budgets?.find((each) => each.name === name);
  return BUDGET_FEATURES.filter((field) => budget?.[field]).length;
}

function featuresOf(declared: ServiceDeclaration | undefined, name: string): number {
  const slo = declared?.slos?.find((each) => each.name === name) ?? {};
  const all = "window" in slo ? [slo.window].flat() : [];
  // A further label of groups, a further window, and one of the calendar.
  const labels = "groupBy" in slo && Array.isArray(slo.groupBy) ? Math.max(0, slo.groupBy.length - 1) : 0;
  const windows = Math.max(0, all.length - 1) + (all.some((one) => typeof one === "object") ? 1 : 0);
  return Object.keys(slo).filter((field) => !(PLAIN as readonly string[]).includes(field)).length + windows + labels;
}

/** Everything that a unit has too much of, in words. */
function excesses(unit: Unit): string[] {
  const rules = unit.groups.flatMap((group) => group.rules);
  return [
    ...rules.flatMap(({ name, expr }) => excessesOfExpression(expr).map((excess) => `${name}: ${excess}`)),
    ...unit.groups.flatMap(({ name, rules: { length } }) => over(length, GROUP, `rules in ${name}`)),
    ...wideYaml(unit.text).map((line) => `YAML: ${line}`),
    ...(unit.kind === "slo" ? excessesOfSlo(unit, rules) : []),
    ...(unit.kind === "experiment"
      ? over(unit.text.length, LINES_OF.experiment + unit.features * LINES_OF_AN_SLI, "lines")
      : []),
    ...(unit.kind === "budget"
      ? over(unit.text.length, LINES_OF.budget + unit.features * LINES_OF_A_BUDGET_FEATURE, "lines")
      : []),
  ];
}

function excessesOfSlo({ features, text }: Unit, rules: readonly Rule[]): string[] {
  const most = DEFAULT_SLO.rules + features * RULES_OF_A_FEATURE;
  if (features > 0) return over(rules.length, most, "rules");
  const tokens = rules.reduce((sum, { expr }) => sum + tokensIn(expr), 0);
  return [
    ...over(rules.length, most, "rules"),
    ...over(text.length, DEFAULT_SLO.lines, "lines"),
    ...over(tokens, DEFAULT_SLO.tokens, "tokens"),
  ];
}

function excessesOfExpression(expr: string): string[] {
  const lines = expr.split("\n");
  const wide = lines.filter((line) => line.length > EXPRESSION.width && !isOneSelector(line));
  return [...over(linesOf(expr), EXPRESSION.lines, "lines"), ...wide.map((line) => `too wide: ${line}`)];
}

/** A selector that is longer than a line by itself has a line for which nobody can be blamed. */
function linesOf(expr: string): number {
  const lines = expr.split("\n");
  const alone = lines.filter((line, at) => lines[at - 1]?.endsWith("(") && isOneSelector(line) && isTooWide(line));
  return lines.length - alone.length;
}

function isTooWide(line: string): boolean {
  return line.trim().length > EXPRESSION.width;
}

const SELECTOR = /(?:[a-zA-Z_:][\w:]*)?\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}(?:\[\w+\])?(?: offset \w+)?/;
/** An operator before it and what closes or compares after it need no lines of their own. */
const ONE_SELECTOR = new RegExp(
  `^\\s*(?:(?:[-+*/<>]|and|or|unless)(?: on \\([\\w, ]*\\))? )?${SELECTOR.source}\\)*(?: >= \\d+)?$`,
);

function isOneSelector(line: string): boolean {
  return ONE_SELECTOR.test(line);
}

/** A selector of the user's own, however long they made it, counts as one with a single matcher. */
const OWN_SELECTOR =
  /(?<![\w:])(?!slo:|budget:|experiment:|ALERTS)(?:[a-zA-Z_:][\w:]*\{|\{(?="))(?:[^"}]|"(?:[^"\\]|\\.)*")*\}/g;

/** Words and signs: names, numbers, texts and everything else by the character. */
function tokensIn(expr: string): number {
  return (
    expr.replaceAll(OWN_SELECTOR, 'own{label="value"}').match(/"(?:[^"\\]|\\.)*"|[a-zA-Z_:][\w:]*|\d[\w.]*|[^\s\w]/g)
      ?.length ?? 0
  );
}

/** An annotation is a text for people, and stands on one line. */
function wideYaml(text: readonly string[]): string[] {
  const annotations = /^ {10}[\w-]+: /;
  return text.filter((line) => line.length > YAML_WIDTH && !annotations.test(line) && !isOneSelector(line));
}

function over(count: number, limit: number, what: string): string[] {
  return count > limit ? [`${count} ${what}, over ${limit}`] : [];
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

describe("rules are short enough to be read:", () => {
  test.each(units.filter(({ id }) => !STILL_OLD.includes(id)))("$id", (unit) => {
    expect(excesses(unit)).toEqual([]);
  });

  test.each(files)("half of the expressions of $path have four lines or fewer", ({ units: parts }) => {
    const plain = parts.filter(({ id }) => !STILL_OLD.includes(id));
    const lines = plain.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.map(({ expr }) => linesOf(expr))));
    expect(median(lines)).toBeLessThanOrEqual(EXPRESSION.median);
  });

  test.each(STILL_OLD)("%s is still old, or is taken off the list", (old) => {
    const unit = units.find(({ id }) => id === old);
    expect(unit && excesses(unit)).not.toEqual([]);
    expect(unit).toBeDefined();
  });
});
