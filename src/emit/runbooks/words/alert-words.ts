/** What the alerts of an SLO mean, in words and numbers. */

import { alerts } from "../../../compile/alert-names.ts";
import { type AlertingRule, type Plan, pageTiers, type SloPlan, type TierPlan } from "../../../compile/plan.ts";
import { exhaustionSeconds } from "../../../compile/tiers/burn-maths.ts";
import { groupWords, tierWith } from "../../../compile/tiers/objectives.ts";
import { endsWithinSeconds, type TierTimes, tierTimes } from "../../../explain/delays.ts";
import { printTime } from "../../../explain/words.ts";
import type { GroupObjective, Severity } from "../../../model/service.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { printPercent } from "../../../promql/number.ts";
import { kindOf } from "../../../sli/index.ts";
import { times } from "../figures.ts";
import { needsOf } from "../queries/switches.ts";
import { type Reason, reasonsOf } from "./broken-reasons.ts";
import { budgetWordsByTier } from "./budget-alert-words.ts";
import { targetsDownWords } from "./targets-down-words.ts";

/** One burn-rate alert; every value is ready to be read. */
export interface BurnAlertWords {
  readonly alert: string;
  readonly severity: Severity;
  readonly long: string;
  readonly short: string;
  readonly threshold: string;
  readonly burn: string;
  readonly budgetSpent: string;
  readonly exhaustion: string;
  readonly detection: string;
  readonly pipeline: string;
  /** Both together, if everything is bad; undefined where even that does not fire it. */
  readonly within: string | undefined;
  readonly reset: string;
  /** The threshold, where more than half must be bad. */
  readonly share: string | undefined;
  /** Of single groups, where they have their own objective. */
  readonly ofGroups: readonly GroupFigures[];
  /** The alert of the next slower page, which may go on when this one ends. */
  readonly slower: string | undefined;
  readonly retuned: string | undefined;
}

/** When a burn-rate alert fires for one group. */
interface GroupFigures extends Pick<BurnAlertWords, "threshold" | "within"> {
  readonly group: string;
}

/** An alert on the measurement itself. */
export interface OtherAlertWords {
  readonly alert: string;
  readonly severity: string;
  readonly holds: string;
  readonly meaning: string;
  readonly checks: readonly string[];
  readonly reasons: readonly Reason[];
  /** Whether there are reasons or checks. */
  readonly listed: boolean;
}

/** The burn-rate alerts, in the order of the tiers. */
export function burnAlerts(plan: Plan, slo: SloPlan): BurnAlertWords[] {
  return slo.tiers.map((tier) => burnAlert(plan, slo, tier));
}

/** All others, one per name: the service's, of its targets, then those of the measurement. */
export function otherAlerts(plan: SloPlan, ofService: readonly AlertingRule[]): OtherAlertWords[] {
  const burning = new Set(plan.tiers.map((tier) => tier.alert));
  const others = [...ofService, ...plan.alerts.filter((rule) => !burning.has(rule.alert))];
  const words = { ...paragraphs, [alerts.targetsDown.tier]: targetsDownWords(plan) };
  const { slo, measurement } = plan;
  const counts = kindOf(slo.sli).counts(slo.sli, measurement.base);
  const measured = { counts, needs: needsOf(plan.groups) };
  const names = [...new Set(others.map(({ alert }) => alert))];
  return names.map((name) => {
    const rules = others.filter(({ alert }) => alert === name);
    const [own, reasons] = [otherAlert(rules, words), reasonsOf(rules, measured)];
    return { ...own, reasons, listed: own.checks.length + reasons.length > 0 };
  });
}

function burnAlert(plan: Plan, slo: SloPlan, tier: TierPlan): BurnAlertWords {
  const { longSeconds, shortSeconds, threshold } = tier;
  const incident = tierTimes(plan, slo, tier, 1);
  return {
    alert: tier.alert,
    severity: tier.severity,
    long: printSeconds(longSeconds),
    short: printSeconds(shortSeconds),
    threshold: printPercent(threshold),
    burn: times(tier.burn),
    budgetSpent: printPercent(Number(tier.budgetSpent.toPrecision(3))),
    exhaustion: printTime(exhaustionSeconds(tier.burn, slo.slo.windowSeconds)),
    detection: printTime(incident.detectSeconds),
    pipeline: printTime(incident.pipelineSeconds),
    within: withinOf(incident),
    reset: printTime(endsWithinSeconds(incident, tier)),
    share: threshold > 0.5 ? printPercent(threshold) : undefined,
    ofGroups: slo.slo.objectives.map((each) => groupFigures(plan, slo, tier, each)),
    slower: slowerPage(slo, tier),
    retuned: tier.retuned,
  };
}

function withinOf({ detectSeconds, pipelineSeconds }: Pick<TierTimes, "detectSeconds" | "pipelineSeconds">) {
  return Number.isFinite(detectSeconds) ? printTime(detectSeconds + pipelineSeconds) : undefined;
}

function groupFigures(plan: Plan, slo: SloPlan, tier: TierPlan, own: GroupObjective): GroupFigures {
  const ofGroup = tierWith(tier, own.errorBudget, slo.slo);
  const within = withinOf(tierTimes(plan, slo, ofGroup, 1));
  return { group: groupWords(own), threshold: printPercent(ofGroup.threshold), within };
}

function slowerPage(slo: SloPlan, tier: TierPlan): string | undefined {
  if (tier.severity !== "page") return undefined;
  return pageTiers(slo).find(({ shortSeconds }) => shortSeconds > tier.shortSeconds)?.alert;
}

/** @param rules - Of one name, distinguished by their reasons. */
function otherAlert(rules: readonly AlertingRule[], words: AlertWords): Omit<OtherAlertWords, "reasons" | "listed"> {
  const [rule] = rules as readonly [AlertingRule, ...AlertingRule[]];
  const tier = (rule.labels.tier ?? "").replace(/^budget-low-.*/, "budget-low");
  const { meaning, checks } = words[tier] ?? { meaning: summaryOf(rule), checks: [] };
  return {
    alert: rule.alert,
    severity: rule.severity,
    holds: heldWords(rules),
    meaning,
    checks,
  };
}

/** How long the condition holds before it fires: shorter than the time since the first bad event or the last scrape. */
function heldWords(rules: readonly AlertingRule[]): string {
  const held = [...new Set(rules.map(({ forSeconds }) => forSeconds))].sort((a, b) => a - b).map(printSeconds);
  const [least = "", most] = [held[0], held.at(-1)];
  if (least === printSeconds(0) && held.length === 1) return "as soon as its condition is met";
  const range = held.length === 1 ? least : `${least} to ${most}, by reason`;
  return `once its condition has held for ${range}; the cause is older than that`;
}

function summaryOf(rule: AlertingRule): string {
  const summary = rule.annotations.summary;
  return typeof summary === "string" ? summary : "See the alert's own description.";
}

/** By the `tier` label, which is part of an alert's identity. */
type AlertWords = Readonly<Record<string, { readonly meaning: string; readonly checks: readonly string[] }>>;

const measurementWords: AlertWords = {
  ...budgetWordsByTier,
  [alerts.noData.tier]: {
    meaning: "There was traffic within the day, but it is no longer counted. The label `reason` says what is missing.",
    checks: ["Does the rule group fail? Look at the rules page of Prometheus for errors of this SLO."],
  },
  [alerts.onlyErrors.tier]: {
    meaning: "Errors are counted but no total events: everything visible is failing. Treat it as an outage.",
    checks: ["Does the metric of total events still exist under its name? Run the raw queries below."],
  },
  broken: {
    meaning:
      "The measurement is wrong, so neither the SLI nor the budget can be believed until it is repaired. The label `reason` says how.",
    checks: [],
  },
};

/** Short ones are not a list: an SLO may have seven of them. */
const paragraphs = Object.fromEntries(
  Object.entries(measurementWords).map(([tier, { meaning, checks }]) => [
    tier,
    { meaning: [meaning, ...checks].join(" "), checks: [] },
  ]),
) satisfies AlertWords;
