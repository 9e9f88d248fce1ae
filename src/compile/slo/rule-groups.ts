/** The rules of one SLO, in the order in which they are read, in two groups: at every evaluation, and with the tiles. */
import { printSeconds } from "../../promql/duration.ts";
import type { Counts } from "../../sli/kind.ts";
import { errorRatioRecord } from "../naming.ts";
import type { RecordingRule, Rule, RuleGroup } from "../plan.ts";
import { noDataAlerts, onlyErrorsAlert } from "./absence.ts";
import type { SloContext } from "./alert.ts";
import { baseRules, seriesRule } from "./base.ts";
import { brokenAlerts } from "./broken.ts";
import { burnAlert } from "./burn-alerts.ts";
import { burningAlert } from "./burning.ts";
import { metadataRules, objectiveRule } from "./metadata.ts";
import { periodRules } from "./period.ts";
import { isFast, windowsOf } from "./placing.ts";
import { hourRules, tileRules } from "./tiles.ts";
import { errorRatio, fastSource, type Source, slowSource } from "./windows.ts";

/** A short period has no slow group of its own: what would be in it is evaluated as often as the rest. */
export function ruleGroups(counts: Counts, context: SloContext): RuleGroup[] {
  const { slo, measure } = context;
  const [fast, slow] = [fastRules(counts, context), slowRules(counts, context)];
  const slowEvery = measure.tiled ? measure.tileSeconds : measure.intervalSeconds;
  return [
    {
      name: slo.id,
      comment: `Every ${printSeconds(measure.intervalSeconds)}: what happened, the windows that page, the pages.`,
      intervalSeconds: measure.intervalSeconds,
      rules: fast,
    },
    {
      name: `${slo.id}:slow`,
      comment: `Every ${printSeconds(slowEvery)}: the windows that open tickets, the budget, the tickets, and what is wrong with the measurement.`,
      intervalSeconds: slowEvery,
      rules: slow,
    },
  ];
}

function fastRules(counts: Counts, context: SloContext): Rule[] {
  const { slo, measure, tiers } = context;
  const fast = tiers.filter((tier) => isFast(tier, measure));
  return [
    objectiveRule(slo),
    ...baseRules(counts, context),
    ...ratioRules(windowsOf(fast), (seconds) => fastSource(seconds, measure), context),
    ...fast.map((tier) => burnAlert(tier, context)),
    ...burningAlert(context),
    ...tileRules(measure),
    ...seriesRule(counts, context),
    ...onlyErrorsAlert(context),
  ];
}

function slowRules(counts: Counts, context: SloContext): Rule[] {
  const { slo, measure, tiers } = context;
  const slow = tiers.filter((tier) => !isFast(tier, measure));
  const recorded = [
    ...windowsOf(tiers.filter((tier) => isFast(tier, measure))),
    ...slo.periods.map(({ seconds }) => seconds),
  ];
  const own = windowsOf(slow).filter((seconds) => !recorded.includes(seconds));
  return [
    ...hourRules(measure),
    ...ratioRules(own, (seconds) => slowSource(seconds, measure), context),
    ...periodRules(context),
    ...slow.map((tier) => burnAlert(tier, context)),
    ...metadataRules(slo, measure),
    ...noDataAlerts(counts, context),
    ...brokenAlerts(counts, context),
  ];
}

function ratioRules(
  windows: readonly number[],
  source: (seconds: number) => Source,
  { measure }: SloContext,
): RecordingRule[] {
  return windows.map((seconds) => ({
    type: "record",
    record: errorRatioRecord(seconds),
    expr: errorRatio(seconds, source(seconds), measure),
    labels: measure.base.id,
  }));
}
