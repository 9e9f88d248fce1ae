/** What a reviewer wants to know of an SLO, in numbers. */

import { hash } from "../../compile/hash.ts";
import { records } from "../../compile/names.ts";
import type { Plan, SloPlan, TierPlan } from "../../compile/plan.ts";
import { budgetMinutes } from "../../compile/tiers/burn-maths.ts";
import { groupWords } from "../../compile/tiers/objectives.ts";
import { endsWithinSeconds, pagesWithinSeconds, type TierTimes, tierTimes } from "../../explain/delays.ts";
import { printTime } from "../../explain/words.ts";
import { eventSlices } from "../../model/budgeting.ts";
import { isRolling, periodWords } from "../../model/period.ts";
import { printSeconds } from "../../promql/duration.ts";
import { exact, printAmount, printNumber, printPercent } from "../../promql/number.ts";
import { DAY } from "../../time/units.ts";
import type { Subject } from "../subject.ts";
import { alertFacts, audienceFacts, costFacts } from "./alert-facts.ts";
import { detail, type Fact, type FactValue, mainFact } from "./fact.ts";
import { otherFacts } from "./value-words.ts";

/** The SLO as something that can change. */
export function sloSubject(plan: Plan, sloPlan: SloPlan): Subject {
  const { slo, groupLabels, alerts, groups } = sloPlan;
  const [primary] = slo.periods;
  return {
    type: "slo",
    id: slo.id,
    service: slo.service,
    owner: slo.owner,
    formerly: slo.formerly,
    counts: countsOf(sloPlan),
    loosened: slo.loosened,
    groupLabels,
    memory: isRolling(primary)
      ? { kind: "rolling", seconds: longestSeconds(sloPlan) }
      : { kind: "calendar", unit: primary.unit },
    facts: [
      ...promiseFacts(plan, sloPlan),
      ...audienceFacts(alerts, slo.owner, plan.platform),
      ...sloPlan.tiers.map((tier) => tierFact(plan, sloPlan, tier)),
      ...alertFacts(alerts),
      ...costFacts(sloPlan),
      ...otherFacts(slo, SHOWN),
    ],
    alerts,
    groups,
  };
}

/** Fields that have facts of their own, and those that are not facts. */
const SHOWN = [
  ...["id", "service", "name", "owner", "formerly", "path", "source"],
  ...["sli", "objectivePercent", "errorBudget", "objectives", "periods", "windowSeconds", "exclusions", "groupBy"],
];

/** The hash that `slo:info` carries. */
function countsOf({ groups, slo }: SloPlan): string {
  const rules = groups.flatMap((group) => group.rules);
  const info = rules.find((rule) => rule.type === "record" && rule.record === records.info);
  return info?.labels.sli_hash ?? hash(JSON.stringify(slo.sli));
}

function longestSeconds({ slo, tiers }: SloPlan): number {
  return Math.max(...slo.periods.map(({ seconds }) => seconds), ...tiers.map(({ longSeconds }) => longSeconds));
}

function promiseFacts(plan: Plan, sloPlan: SloPlan): Fact[] {
  const { slo, groupLabels, words } = sloPlan;
  const minutes = exact(budgetMinutes(slo.errorBudget, slo.windowSeconds));
  const windows = slo.periods.map(periodWords);
  return [
    mainFact("objectivePercent", "objective", slo.objectivePercent, `${printNumber(slo.objectivePercent)}%`),
    ...slo.objectives.map((each) =>
      mainFact(
        `objectivesPercent.${groupWords(each)}`,
        `objective of ${groupWords(each)}`,
        each.objectivePercent,
        `${printNumber(each.objectivePercent)}%`,
      ),
    ),
    mainFact("windows", "window", windows, windows.join("; ")),
    mainFact("budgetMinutes", "error budget, in full outage", minutes, printTime(minutes * 60)),
    ...eventFacts(sloPlan),
    pageFact(plan, sloPlan),
    mainFact("groupLabels", "for each", groupLabels, groupLabels.join(", ") || "no label"),
    mainFact("good", "good", words.good, words.good),
    mainFact("bad", "bad", words.bad, words.bad),
    detail("sliHash", "what is counted, as a hash", countsOf(sloPlan), countsOf(sloPlan)),
    ...exclusionFacts(sloPlan),
  ];
}

function eventFacts({ slo, words }: SloPlan): Fact[] {
  if (slo.eventsPerDay === undefined || eventSlices(slo)) return [];
  const events = exact(Math.round(((slo.eventsPerDay * slo.windowSeconds * slo.errorBudget) / DAY) * 100) / 100);
  return [mainFact("budgetEvents", "error budget, in events", events, `${printAmount(events)} ${words.unit}`)];
}

function pageFact(plan: Plan, sloPlan: SloPlan): Fact {
  const seconds = pagesWithinSeconds(plan, sloPlan);
  const words = seconds === undefined ? "does not page" : printTime(seconds);
  return mainFact(
    "pagesWithinSeconds",
    "pages within, at full outage",
    seconds === undefined ? null : exact(seconds),
    words,
  );
}

function exclusionFacts({ slo }: SloPlan): Fact[] {
  const all = slo.exclusions.map(({ reason, when, seconds }) => `${when}, ${printSeconds(seconds)} each: ${reason}`);
  return all.length === 0 ? [] : [detail("exclusions", "excluded", all, all.join("; "))];
}

function tierFact(plan: Plan, sloPlan: SloPlan, tier: TierPlan): Fact {
  const times = tierTimes(plan, sloPlan, tier, 1);
  const { detectSeconds: detects, pipelineSeconds: pipeline, endSeconds: resets } = times;
  const { severity, burn, longSeconds, shortSeconds, threshold, forSeconds, retuned = null } = tier;
  const value = {
    ...{ severity, burn, longSeconds, shortSeconds, thresholdRatio: threshold, capRatio: tier.cap ?? null },
    ...{ detectionSeconds: finite(detects), resetSeconds: finite(resets), pipelineSeconds: exact(pipeline) },
    ...{ forSeconds, keepFiringForSeconds: tier.keepFiringForSeconds, retuned },
  };
  return detail(`tiers.${tier.name}`, `tier ${tier.name}`, value, tierWords(tier, times));
}

function tierWords(tier: TierPlan, times: TierTimes): string {
  const windows = `${printSeconds(tier.longSeconds)} / ${printSeconds(tier.shortSeconds)}`;
  const over = `over ${printPercent(tier.threshold)} bad (${printNumber(tier.burn)}×) in ${windows}`;
  const kept = tier.forSeconds === 0 ? "" : `, for ${printSeconds(tier.forSeconds)}`;
  // Of groups with objectives of their own; what it says of a whole SLO is in the threshold.
  const capped = tier.cap === undefined ? "" : `; ${tier.retuned}`;
  return `${tier.severity} ${over}${kept}; ${withinWords(tier, times)}${capped}`;
}

function withinWords(tier: TierPlan, times: TierTimes): string {
  if (!Number.isFinite(times.detectSeconds)) return "never detects";
  const detects = printTime(times.detectSeconds + times.pipelineSeconds);
  return `detects within ${detects}, resets within ${printTime(endsWithinSeconds(times, tier))}`;
}

function finite(seconds: number): FactValue {
  return Number.isFinite(seconds) ? exact(seconds) : null;
}
