/** What a burn alert says: what is bad now, how long the budget lasts at that rate, how much is left, and the threshold. */
import type { Text } from "../../../declare/declaration.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { printNumber, printPercent } from "../../../promql/number.ts";
import { kindOf } from "../../../sli/index.ts";
import { ownMatchers, whereAnswered } from "../../annotations/annotation-query.ts";
import { labelInTemplate } from "../../annotations/label-in-template.ts";
import { errorRatioRecord, records } from "../../names.ts";
import type { TierPlan } from "../../plan.ts";
import { isPerGroup } from "../../tiers/objectives.ts";
import { forGroup, type SloContext } from "../alert.ts";
import { budgetedWords } from "../counted-words.ts";
import type { SloMeasurement } from "../slo-measurement.ts";
import { knowsTraffic } from "./traffic.ts";

/** The texts of one tier's alert. Those that ask are true as long as it fires, and at its end as they were then. */
export function burnTexts(tier: TierPlan, context: SloContext): Readonly<Record<"summary" | "description", Text>> {
  const fact = knowsTraffic(context.slo) ? badEvents(tier) : pace(tier, context);
  return { summary: { template: `${nameOf(context)}: ${fact}` }, description: description(tier, context) };
}

/** `inference-gateway/error-rate gpt-4`. */
export function nameOf({ slo, measurement }: SloContext): string {
  return `${slo.id}${measurement.groupLabels.map((label) => ` {{ ${labelInTemplate(label)} }}`).join("")}`;
}

/** What is bad in both windows, what the alert compares it with, and how long the budget lasts at this rate. */
function description(tier: TierPlan, context: SloContext): Text {
  const fact = knowsTraffic(context.slo) ? eventsInLong(tier, context) : sharesInBoth(tier, context);
  return {
    template: `${fact}.${budgetLeft(context, lasts(tier, context, { before: ", gone in", after: " at this rate", spent: "" }))}`,
  };
}

function eventsInLong(tier: TierPlan, context: SloContext): string {
  const when = `in the last ${printSeconds(tier.longSeconds)}${forGroup(context)}`;
  return `{{ $value | humanize }} ${unitOf(context)} were bad ${when} (threshold ${threshold(tier, context.slo)})`;
}

function sharesInBoth(tier: TierPlan, context: SloContext): string {
  const { slo, measurement } = context;
  const short = `${badShare(tier.shortSeconds, measurement)}% of ${unitOf(context)} were bad in the last ${printSeconds(tier.shortSeconds)}`;
  const long = `${badShare(tier.longSeconds, measurement)}% in the last ${printSeconds(tier.longSeconds)}`;
  const times = whereAnswered(
    burnOf(tier, context),
    measurement.groupLabels,
    `: ${timesIn(tier)} what the error budget allows`,
  );
  return `${short} and ${long}${forGroup(context)} (threshold ${threshold(tier, slo)})${times}`;
}

function unitOf({ slo }: SloContext): string {
  return budgetedWords(slo.budgeting, kindOf(slo.sli).words(slo.sli)).unit;
}

/** Where what is bad is weighed by the traffic of the whole period, a ratio does not say how fast the budget burns. */
function badEvents({ longSeconds }: TierPlan): string {
  return `{{ $value | humanize }} bad events in ${printSeconds(longSeconds)}`;
}

function threshold({ burn, threshold, budgetSpent }: TierPlan, slo: SloContext["slo"]): string {
  if (knowsTraffic(slo)) return `${printPercent(budgetSpent)} of the budget`;
  if (isPerGroup(slo)) return `${printNumber(burn)}× the group's error budget`;
  return printPercent(threshold);
}

/** `2.37% bad, 18h left`: by the short window, which says what happens now. */
function pace(tier: TierPlan, context: SloContext): string {
  const now = `${badShare(tier.shortSeconds, context.measurement)}% bad`;
  return now + lasts(tier, context, { before: ",", after: " left", spent: ", overspent" });
}

function badShare(seconds: number, { base, groupLabels }: SloMeasurement): string {
  const ratio = `100 * ${errorRatioRecord(seconds)}{${ownMatchers(base.id, groupLabels)}}`;
  return whereAnswered(ratio, groupLabels, '{{ first . | value | printf "%.3g" }}');
}

/** What stands around the rest of the budget, and where there is none. */
type RestWords = Readonly<Record<"before" | "after" | "spent", string>>;

/** How long the rest of the budget lasts at the burn of the short window. */
function lasts(tier: TierPlan, context: SloContext, { before, after, spent }: RestWords): string {
  const { slo, measurement } = context;
  const left = `clamp_min(${records.budgetRemaining}{${ownMatchers(measurement.base.id, measurement.groupLabels)}}, 0)`;
  const otherwise = spent === "" ? "" : `{{ else }}${spent}`;
  const time = `{{ with first . | value }}${before} {{ humanizeDuration . }}${after}${otherwise}{{ end }}`;
  return whereAnswered(`${left} * ${slo.windowSeconds} / (${burnOf(tier, context)})`, measurement.groupLabels, time);
}

function burnOf({ shortSeconds }: TierPlan, { slo, measurement }: SloContext): string {
  const own = ownMatchers(measurement.base.id, measurement.groupLabels);
  const budget = isPerGroup(slo) ? `${records.errorBudget}{${own}}` : printNumber(slo.errorBudget);
  return `${errorRatioRecord(shortSeconds)}{${own}} / ${budget}`;
}

/** From 6 on a decimal is noise. */
function timesIn({ burn }: TierPlan): string {
  return `{{ first . | value | printf "%.${burn < 6 ? 1 : 0}f" }}×`;
}

/**
 * ` Error budget: 59% left.` or ` Error budget: overspent by 7%.`, as it was when the alert last fired. The templates of
 * notifications look for it.
 */
export function budgetLeft({ measurement }: SloContext, more = ""): string {
  const left = `100 * ${records.budgetRemaining}{${ownMatchers(measurement.base.id, measurement.groupLabels)}}`;
  const share = '{{ first . | value | printf "%.0f%% left" | reReplaceAll "^-(.+) left" "overspent by $1" }}';
  return whereAnswered(left, measurement.groupLabels, ` Error budget: ${share}${more}.`);
}
