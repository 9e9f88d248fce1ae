/** Reasons of `SloBroken` that the error ratio itself shows: it is none that there can be. */
import { eventSlices } from "../../../model/budgeting.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, number, selector } from "../../../promql/build.ts";
import { printSeconds } from "../../../promql/duration.ts";
import type { Counts } from "../../../sli/kind.ts";
import { HOUR } from "../../../time/units.ts";
import { errorRatioRecord } from "../../names.ts";
import type { SloContext } from "../alert.ts";
import { windowsOf } from "../placing.ts";

/** Why the numbers cannot be believed. */
export interface Reason {
  readonly reason: string;
  readonly comment: string;
  readonly description: string;
  readonly expr: Expr;
  readonly forSeconds: number;
  readonly keepFiringForSeconds?: number;
}

/** More bad than there is, or more good: the two metrics do not count the same events. */
export function moreThanAll({ apart }: Counts, { slo, measurement, tiers }: SloContext): Reason[] {
  const window = lastHour(tiers);
  if (!apart || eventSlices(slo) || window === undefined) return [];
  const ratio = selector(errorRatioRecord(window), measurement.base.id);
  const over = measurement.part === "bad";
  return [
    {
      reason: over ? "bad-over-total" : "good-over-total",
      comment: `More ${measurement.part} events than total events.`,
      description: `In the last ${printSeconds(window)} there were more ${measurement.part} events than total events, so the two metrics count different things.`,
      // Two metrics are never scraped in the same instant.
      expr: over ? binary(">", ratio, number(1)) : binary("<", ratio, number(-DUST)),
      forSeconds: 900,
    },
  ];
}

/** A percentage, most often, or a counter. */
export function ratioOutOfRange({ unbounded }: Counts, { slo, measurement, tiers }: SloContext): Reason[] {
  const window = lastHour(tiers);
  if (!unbounded || eventSlices(slo) || window === undefined) return [];
  const ratio = selector(errorRatioRecord(window), measurement.base.id);
  return [
    {
      reason: "ratio-out-of-range",
      comment: "A ratio is 0 to 1: usually this one is in percent.",
      description: `In the last ${printSeconds(window)} the mean of the ratio was below 0 or above 1: usually it is in percent.`,
      expr: binary("or", binary("<", ratio, number(-DUST)), binary(">", ratio, number(1 + DUST))),
      forSeconds: 900,
    },
  ];
}

/** What only rounding, or the time between two scrapes, decides. */
const DUST = 0.001;

function lastHour(tiers: SloContext["tiers"]): number | undefined {
  return windowsOf(tiers).find((seconds) => seconds >= HOUR) ?? windowsOf(tiers).at(-1);
}
