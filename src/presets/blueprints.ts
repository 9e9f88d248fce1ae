/** The forms that most SLOs of presets have. */
import type { AlertingDeclaration, Comparison, Duration } from "../model/declaration.ts";
import { parseSelector } from "../promql/parse.ts";
import type { Blueprint, Chosen } from "./preset.ts";

type Common = Omit<Blueprint, "sli" | "threshold" | "histogram">;

/** A share of events, by what is bad among them or by what is good. */
export function share({
  total,
  bad,
  good,
  ...rest
}: Common & { readonly total: string } & (
    | { readonly bad: string; readonly good?: never }
    | { readonly good: string; readonly bad?: never }
  )): Blueprint {
  const part = bad === undefined ? { good } : { bad };
  return { ...rest, sli: () => ({ kind: "events", total, ...part }) };
}

/** Observations of a histogram within a threshold. `companion` counts what never gets into the histogram. */
export function within({
  histogram,
  threshold,
  ...rest
}: Common & {
  readonly histogram: string;
  readonly threshold: Duration | number;
  readonly companion: string;
}): Blueprint {
  const sli = (chosen: Chosen) => ({ kind: "latency" as const, histogram, threshold: chosen.threshold });
  return { ...rest, threshold, histogram: nameOf(histogram), sli };
}

/** Time slices in which a gauge keeps to a bound. */
export function bounded({
  metric,
  op,
  threshold,
  ...rest
}: Common & { readonly metric: string; readonly op: Comparison; readonly threshold: number }): Blueprint {
  const sli = (chosen: Chosen) => ({ kind: "gauge" as const, metric, op, threshold: chosen.threshold as number });
  return { ...rest, threshold, sli };
}

/** Nobody is woken: tickets alone, over windows of a 30d or longer period. */
export const ticketsOnly: AlertingDeclaration = {
  tiers: [
    { name: "ticket-fast", severity: "ticket", long: "1d", short: "2h", burn: 3 },
    { name: "ticket-slow", severity: "ticket", long: "3d", short: "6h", burn: 1 },
  ],
};

function nameOf(selector: string): string {
  const parsed = parseSelector(selector);
  return parsed.ok ? parsed.value.metric : selector;
}
