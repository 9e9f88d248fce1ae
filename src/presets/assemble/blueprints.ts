/** The forms that most SLOs of presets have. */
import type {
  AlertingDeclaration,
  Comparison,
  Duration,
  LatencyThreshold,
  Metric,
  SliDeclaration,
} from "../../declare/declaration.ts";
import type { Expr, Selector } from "../../promql/ast.ts";
import { binary, number } from "../../promql/build.ts";
import { parseSelector } from "../../promql/grammar/parse.ts";
import type { Blueprint, Chosen } from "./preset.ts";
import { sumOfRates } from "./spend.ts";
import { printWithWindow } from "./window.ts";

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
  const sli = (): SliDeclaration =>
    bad === undefined ? { kind: "events", total, good } : { kind: "events", total, bad };
  return { ...rest, sli };
}

/** Observations of a histogram within a threshold. `companion` counts what never gets into the histogram. */
export function within({
  histogram,
  threshold,
  type,
  ...rest
}: Common & {
  readonly histogram: string;
  readonly threshold: LatencyThreshold | number;
  readonly companion: string;
  readonly type?: "classic" | "native" | "nhcb";
}): Blueprint {
  const stored = type === undefined || type === "classic" ? {} : { type };
  const sli = (chosen: Chosen) => ({ kind: "latency" as const, histogram, threshold: chosen.threshold, ...stored });
  return { ...rest, threshold, histogram: nameOf(histogram), sli };
}

/** A value by the groups' labels, and what it is. */
interface Meant {
  readonly meaning: string;
  readonly of: (groupBy: readonly string[]) => Expr;
}

function isMeant(metric: Metric | Meant): metric is Meant {
  return typeof metric === "object" && "of" in metric;
}

/** Time slices in which a gauge keeps to a bound. */
export function bounded({
  metric,
  op,
  threshold,
  slice,
  ...rest
}: Common & {
  readonly metric: Metric | Meant;
  readonly op: Comparison;
  readonly threshold: number;
  readonly slice?: Duration;
}): Blueprint {
  const sli = (chosen: Chosen): SliDeclaration => ({
    kind: "gauge",
    metric: isMeant(metric) ? { promql: printWithWindow(metric.of(chosen.groupBy)), meaning: metric.meaning } : metric,
    op,
    threshold: chosen.threshold as number,
    ...(slice === undefined ? {} : { slice }),
  });
  return { ...rest, threshold, sli };
}

type Rate = Common & { readonly metric: string; readonly threshold: number };

/** Time slices with at most so many per second. */
export function atMost(rate: Rate): Blueprint {
  return heldTo(rate, (bound) => ({ atMost: bound }));
}

/** Time slices with at least so many per second. */
export function atLeast(rate: Rate): Blueprint {
  return heldTo(rate, (bound) => ({ atLeast: bound }));
}

function heldTo(
  { metric, threshold, ...rest }: Rate,
  bounded: (threshold: number) => { readonly atMost: number } | { readonly atLeast: number },
): Blueprint {
  const sli = (chosen: Chosen): SliDeclaration => ({
    kind: "throughput",
    metric,
    ...bounded(chosen.threshold as number),
  });
  return { ...rest, threshold, sli };
}

/** A share of events that two counters make up, of successes and of failures, where none counts both. */
export function shareOfTwo({
  good,
  bad,
  ...rest
}: Common & { readonly good: Selector; readonly bad: Selector; readonly counted: string }): Blueprint {
  return shareOfSum({ ...rest, total: [good, bad], bad });
}

/**
 * A share of events whose total no single counter has: the counters of `total` add up to it. It needs an expression, so
 * that its first events are lost and the others smeared over four scrapes.
 */
export function shareOfSum({
  total,
  bad,
  counted,
  ...rest
}: Common & {
  /** Counters of which no event is in two. */
  readonly total: readonly Selector[];
  readonly bad: Selector;
  /** What all of them are called, such as "fallbacks". */
  readonly counted: string;
}): Blueprint {
  const sli = ({ groupBy }: Chosen): SliDeclaration => ({
    kind: "events",
    total: { promql: printWithWindow(sumOfRates(total, groupBy)), meaning: counted },
    bad: { promql: printWithWindow(sumOfRates([bad], groupBy)), meaning: `failed ${counted}` },
  });
  return { ...rest, sli };
}

/** Time slices in which the mean of a cumulative sum per event, such as seconds per request, keeps below a bound. */
export function meanAtMost({
  sum,
  count,
  scale,
  threshold,
  meaning,
  ...rest
}: Common & {
  readonly sum: Selector;
  readonly count: Selector;
  /** What the sum is divided by to be in the threshold's unit. */
  readonly scale: number;
  readonly threshold: number;
  /** What the mean is, with its unit. */
  readonly meaning: string;
}): Blueprint {
  const mean = (groupBy: readonly string[]): Expr => {
    const events = binary(">", sumOfRates([count], groupBy), number(0));
    return binary("/", binary("/", sumOfRates([sum], groupBy), events), number(scale));
  };
  const sli = (chosen: Chosen): SliDeclaration => ({
    kind: "gauge",
    metric: { promql: printWithWindow(mean(chosen.groupBy)), meaning },
    op: "<=",
    threshold: chosen.threshold as number,
  });
  return { ...rest, threshold, sli };
}

/** Nobody is woken: tickets alone. For objectives so low that hardly a burn is beyond them, and for what can wait. */
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
