/** What a burn alert says: how fast the budget burns now, when it is gone, what is left, and what the alert allows. */
import type { Text } from "../../../declare/declaration.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { exact, printNumber } from "../../../promql/number.ts";
import { kindOf } from "../../../sli/index.ts";
import { escapeTemplate, ownMatchers, whereAnswered } from "../../annotations/annotation-query.ts";
import { labelInTemplate } from "../../annotations/label-in-template.ts";
import { errorRatioRecord, records } from "../../names.ts";
import type { TierPlan } from "../../plan.ts";
import { isPerGroup } from "../../tiers/objectives.ts";
import { forGroup, type SloContext } from "../alert.ts";
import { budgetedWords } from "../counted-words.ts";
import { knowsTraffic } from "./traffic.ts";

/** The texts of one tier's alert. Those that ask are true as long as it fires, and at its end as they were then. */
export function burnTexts(tier: TierPlan, context: SloContext): Readonly<Record<"summary" | "description", Text>> {
  const fact = knowsTraffic(context.slo) ? badEvents(tier) : pace(tier, context);
  return { summary: { template: `${nameOf(context)}: ${fact}` }, description: description(tier, context) };
}

/** `inference-gateway/error-rate gpt-4`. */
export function nameOf({ slo, measure }: SloContext): string {
  return `${slo.id}${measure.groupLabels.map((label) => ` {{ ${labelInTemplate(label)} }}`).join("")}`;
}

function description(tier: TierPlan, context: SloContext): Text {
  const { slo } = context;
  const when = `in the last ${printSeconds(tier.longSeconds)}${forGroup(context)}`;
  const fact = knowsTraffic(slo)
    ? `{{ $value | humanize }} events were bad ${when}`
    : `{{ $value | humanizePercentage }} was bad ${when}`;
  const { bad } = budgetedWords(slo.budgeting, kindOf(slo.sli).words(slo.sli));
  return {
    template: `${fact}; this alert allows ${allowed(tier, slo)}. Bad: ${escapeTemplate(bad)}.${budgetLeft(context)}`,
  };
}

/** Where what is bad is weighed by the traffic of the whole period, a ratio says nothing of the pace. */
function badEvents({ longSeconds }: TierPlan): string {
  return `{{ $value | humanize }} bad events in ${printSeconds(longSeconds)}`;
}

function allowed({ burn, threshold, budgetSpent }: TierPlan, slo: SloContext["slo"]): string {
  if (knowsTraffic(slo)) return `${printNumber(exact(budgetSpent * 100))}% of the budget`;
  if (isPerGroup(slo)) return `${printNumber(burn)}× the group's error budget`;
  return `${printNumber(exact(threshold * 100))}%`;
}

/** `24×, gone in 18h`: by the short window, which says how it goes on. */
function pace(tier: TierPlan, context: SloContext): string {
  const { slo, measure } = context;
  const own = ownMatchers(measure.base.id, measure.groupLabels);
  const budget = isPerGroup(slo) ? `${records.errorBudget}{${own}}` : printNumber(slo.errorBudget);
  const burn = `${errorRatioRecord(tier.shortSeconds)}{${own}} / ${budget}`;
  const lasts = `clamp_min(${records.budgetRemaining}{${own}}, 0) * ${slo.windowSeconds} / (${burn})`;
  // From 6 on a decimal says nothing to anybody.
  const times = `{{ first . | value | printf "%.${tier.burn < 6 ? 1 : 0}f" }}×`;
  const gone = "{{ with first . | value }}, gone in {{ humanizeDuration . }}{{ else }}, budget spent{{ end }}";
  return whereAnswered(burn, measure.groupLabels, times) + whereAnswered(lasts, measure.groupLabels, gone);
}

/** ` 59% of the error budget is left.`, as it is while the alert fires. The templates of notifications know this sentence. */
export function budgetLeft({ measure }: SloContext): string {
  const left = `100 * ${records.budgetRemaining}{${ownMatchers(measure.base.id, measure.groupLabels)}}`;
  const words = ' {{ first . | value | printf "%.0f" }}% of the error budget is left.';
  return whereAnswered(left, measure.groupLabels, words);
}
