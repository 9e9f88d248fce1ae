/**
 * The Plan: what the declarations mean, before any file format. Every target and every shell reads this and nothing else.
 */
import type { Text } from "../declare/declaration.ts";
import type { Experiment, Platform, Service, Severity, Slo, SpendBudget } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import type { ExperimentMeasurement } from "./experiment/experiment-measurement.ts";
import type { SloMeasurement } from "./slo/slo-measurement.ts";
import type { SpendMeasurement } from "./spend/spend-measurement.ts";

/** Everything that was declared, compiled. */
export interface Plan {
  readonly platform: Platform;
  readonly services: readonly ServicePlan[];
}

export interface ServicePlan {
  readonly service: Service;
  /** What is true of the service as a whole: whether its targets are down. */
  readonly groups: readonly RuleGroup[];
  /** In the groups above. */
  readonly alerts: readonly SentAlert[];
  /** In name order. */
  readonly slos: readonly SloPlan[];
  /** In name order. */
  readonly budgets: readonly SpendPlan[];
  /** In name order. */
  readonly experiments: readonly ExperimentPlan[];
}

/** What an SLO, a spend budget and an experiment have in common once they are compiled. */
export interface WatchedPlan {
  readonly groups: readonly RuleGroup[];
  /** In the groups above: what may be sent to somebody. */
  readonly alerts: readonly SentAlert[];
  /** What tells two of its groups apart: its own labels (`groupBy`, `by`, an experiment's label) and identity labels, sorted. */
  readonly groupLabels: readonly string[];
  readonly links: { readonly runbook: string | undefined; readonly dashboard: string | undefined };
}

/** An experiment, compiled. */
export interface ExperimentPlan extends WatchedPlan {
  readonly experiment: Experiment;
  readonly measurement: ExperimentMeasurement;
}

/** A spend or token budget, compiled. */
export interface SpendPlan extends WatchedPlan {
  readonly budget: SpendBudget;
  readonly measurement: SpendMeasurement;
}

/** An SLO, compiled. */
export interface SloPlan extends WatchedPlan {
  readonly slo: Slo;
  /** Intervals, offsets and labels that its rules share. */
  readonly measurement: SloMeasurement;
  readonly tiers: readonly TierPlan[];
  /** Tiers of the policy that were left out, and why. */
  readonly dropped: readonly DroppedTier[];
  readonly queries: Queries;
  /** Good and bad in words, for people. */
  readonly words: { readonly good: string; readonly bad: string; readonly unit: string };
}

/** Rules that share an evaluation interval. */
export interface RuleGroup {
  readonly name: string;
  /** Stands above the group. */
  readonly comment?: string;
  readonly intervalSeconds: number;
  readonly rules: readonly Rule[];
}

export type Rule = RecordingRule | AlertingRule;

export interface RecordingRule {
  readonly type: "record";
  readonly record: string;
  readonly expr: Expr;
  readonly labels: Readonly<Record<string, string>>;
  /** How often it has a sample, where that is not at every evaluation of its group. */
  readonly everySeconds?: number;
  /** Stands above the rule: what its name does not say. */
  readonly comment?: string;
}

export interface AlertingRule {
  readonly type: "alert";
  readonly alert: string;
  /** `none` is sent to nobody: it holds other alerts back. */
  readonly severity: Severity | "none";
  readonly comment?: string;
  readonly expr: Expr;
  readonly forSeconds: number;
  readonly keepFiringForSeconds: number;
  /** As Prometheus will attach them; the group labels come with the expression. */
  readonly labels: Readonly<Record<string, string>>;
  /** Plain strings are data: the emitter escapes them. `template` texts are Go templates. */
  readonly annotations: Readonly<Record<string, Text>>;
}

/** What a service has watched: SLOs, then budgets, then experiments. */
export function watchedIn({
  slos,
  budgets,
  experiments,
}: ServicePlan): readonly (SloPlan | SpendPlan | ExperimentPlan)[] {
  return [...slos, ...budgets, ...experiments];
}

/** Every group of a service: of itself, its SLOs, its budgets and its experiments. */
export function groupsOf(service: ServicePlan): RuleGroup[] {
  return [...service.groups, ...watchedIn(service).flatMap((each) => each.groups)];
}

/** An alert that may be sent to somebody. */
export type SentAlert = AlertingRule & { readonly severity: Severity };

/** The alerts among the rules of these groups that may be sent to somebody. */
export function sentAlerts(groups: readonly RuleGroup[]): SentAlert[] {
  return groups.flatMap(({ rules }) => rules.filter(isSent));
}

/** Groups, and the alerts in them that may be sent to somebody. */
export function withAlerts(groups: readonly RuleGroup[]): Pick<WatchedPlan, "groups" | "alerts"> {
  return { groups, alerts: sentAlerts(groups) };
}

function isSent(rule: Rule): rule is SentAlert {
  return rule.type === "alert" && rule.severity !== "none";
}

/** One burn-rate alert with its numbers. Times in seconds. */
export interface TierPlan {
  readonly name: string;
  readonly severity: Severity;
  readonly alert: string;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** Multiple of the sustainable rate. */
  readonly burn: number;
  /** Error ratio above which the window burns too fast: burn × error budget. */
  readonly threshold: number;
  /** No group's threshold is above it: where groups have objectives of their own, and burn × budget is out of reach for one. */
  readonly cap?: number;
  /** Share of the error budget spent when the long window reaches the threshold. */
  readonly budgetSpent: number;
  readonly forSeconds: number;
  readonly keepFiringForSeconds: number;
  /** How the tier differs from the policy, when it had to be retuned. */
  readonly retuned: string | undefined;
}

/** The tiers that page. */
export function pageTiers({ tiers }: Pick<SloPlan, "tiers">): TierPlan[] {
  return tiers.filter(({ severity }) => severity === "page");
}

/** Whether it pages when its budget burns. */
export function pagesOnBurn(slo: Pick<SloPlan, "tiers">): boolean {
  return pageTiers(slo).length > 0;
}

export interface DroppedTier {
  readonly name: string;
  readonly reason: string;
}

/** PromQL that people and dashboards use. All of it reads recorded series, except `raw`. */
export interface Queries {
  /** Error ratio over a window, one sample per group. */
  readonly errorRatio: (seconds: number) => Expr;
  /** Good and bad events per second, for graphs; of a composite, the good and bad share of each component. */
  readonly goodRate: Expr;
  readonly badRate: Expr;
  /** 1: untouched; 0: spent; negative: overspent. */
  readonly budgetRemaining: Expr;
  readonly coverage: Expr;
}
