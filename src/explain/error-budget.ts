/** The error budget in time, events and slices, and what chance does to it. */

import type { SloPlan } from "../compile/plan.ts";
import { budgetMinutes } from "../compile/tiers/burn-maths.ts";
import { budgetSlices } from "../compile/tiers/slice-maths.ts";
import { costOfOne, eventsForSilence } from "../compile/tiers/volume-maths.ts";
import { eventSlices } from "../model/budgeting.ts";
import { nominalWords, type Period, periodWords } from "../model/period.ts";
import type { Slo } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { exact, printAmount, printPercent } from "../promql/number.ts";
import { DAY, MINUTE } from "../time/units.ts";
import type { Section } from "./section.ts";
import { printTime } from "./words.ts";

export function budgetSection(sloPlan: SloPlan): Section {
  const { slo, words } = sloPlan;
  const outage = (period: Period): string => outageWords(slo, period);
  const [primary, ...further] = slo.periods;
  const rows = [
    ["error budget", `${printPercent(slo.errorBudget)}, ${outage(primary)}`],
    ...further.map((period) => [`over ${periodWords(period)}`, `${outage(period)}; recorded, no tiers of its own`]),
  ];
  const slices = eventSlices(slo);
  if (slices) {
    const count = budgetSlices(slo.errorBudget, slo.windowSeconds, slices.sliceSeconds);
    rows.push(["in slices", `${printAmount(exact(count))} of ${printSeconds(slices.sliceSeconds)}`]);
  } else if (slo.eventsPerDay !== undefined) {
    const events = (slo.eventsPerDay * slo.windowSeconds * slo.errorBudget) / DAY;
    rows.push([
      `in ${words.unit}`,
      `${printAmount(exact(Math.round(events * 100) / 100))} at ${printAmount(slo.eventsPerDay)} a day`,
    ]);
    rows.push(["one failure", `${printPercent(Number(costOfOne(1, events).toPrecision(2)))} of the budget`]);
  }
  return { title: "Budget", rows: [...rows, ...silence(sloPlan)] };
}

/** Below how many events so few failures that count at all fire a tier: one, or `minBad`. */
function silence({ slo, words, tiers: all }: SloPlan): string[][] {
  if (slo.alerting.threshold === "traffic" || slo.eventsPerDay === undefined) return [];
  const { minBad = 1, minEvents = 0 } = slo;
  const each = all.flatMap(({ name, threshold, longSeconds }) => {
    const enough = eventsForSilence(minBad, threshold);
    return enough <= minEvents
      ? []
      : [`${name} below ${printAmount(enough)} ${words.unit} in ${printSeconds(longSeconds)}`];
  });
  return each.length === 0 ? [] : [[minBad === 1 ? "alone it fires" : `${minBad} failures fire`, each.join(", ")]];
}

/** `43m12s of full outage`. */
function outageWords({ errorBudget }: Slo, period: Period): string {
  const seconds = budgetMinutes(errorBudget, period.seconds) * MINUTE;
  return `${printTime(seconds)} of full outage${nominalWords(period)}`;
}
