/** Figures in sentences, shared by runbooks and dashboards. The arithmetic is `compile/maths.ts`. */

import type { SloPlan } from "../../compile/plan.ts";
import { budgetMinutes } from "../../compile/tiers/burn-maths.ts";
import { budgetSlices } from "../../compile/tiers/slice-maths.ts";
import { printTime } from "../../explain/words.ts";
import { eventSlices } from "../../model/budgeting.ts";
import { nominalWords, periodWords } from "../../model/period.ts";
import type { Slo } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { exact, printAmount, printNumber, printPercent } from "../../promql/number.ts";
import { kindOf } from "../../sli/index.ts";
import { DAY, MINUTE } from "../../time/units.ts";

/** `14.4` is `14.4×`. */
export function times(burn: number): string {
  return `${printNumber(exact(burn))}×`;
}

/** "99.9%". */
export function objectiveWords({ slo }: SloPlan): string {
  return `${printNumber(slo.objectivePercent)}%`;
}

/** "0.1%: 43m12s of full outage, or about 3,000 events". */
export function budgetWords({ slo, words, groupLabels }: SloPlan): string {
  const outage = `${printPercent(slo.errorBudget)}: ${printTime(budgetMinutes(slo.errorBudget, slo.windowSeconds) * MINUTE)} ${allBad(slo)}${nominalWords(slo.periods[0])}`;
  const slices = eventSlices(slo);
  if (slices) {
    const count = budgetSlices(slo.errorBudget, slo.windowSeconds, slices.sliceSeconds);
    return `${outage}, or ${amount(count)} slices of ${printSeconds(slices.sliceSeconds)}`;
  }
  if (slo.eventsPerDay === undefined) return outage;
  // The declared traffic is that of the SLO, not of each group.
  const all = groupLabels.length === 0 ? "" : ` over all ${groupLabels.join(" / ")} values`;
  return `${outage}, or about ${amount((slo.eventsPerDay * slo.windowSeconds * slo.errorBudget) / DAY)} ${words.unit}${all}`;
}

/** A histogram has no observations in a full outage, so its budget is not spent by one. */
export function allBad({ sli }: Slo): string {
  const { symptom, unit } = kindOf(sli).words(sli);
  return symptom === "latency" ? `with all ${unit} bad` : "of full outage";
}

/** "7d: 10m5s of full outage", of each window after the first. */
export function furtherBudgets({ slo }: SloPlan): string[] {
  return slo.periods.slice(1).map((period) => {
    const outage = printTime(budgetMinutes(slo.errorBudget, period.seconds) * MINUTE);
    return `${periodWords(period)}: ${outage} ${allBad(slo)}${nominalWords(period)}`;
  });
}

/** `1234567` is `1,234,567`; below a hundred with two decimals. */
function amount(count: number): string {
  return printAmount(count < 100 ? Math.round(count * 100) / 100 : Math.round(count));
}
