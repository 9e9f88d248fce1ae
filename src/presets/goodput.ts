/**
 * Goodput: the share of requests that meet both the TTFT and the TPOT threshold. Two histograms do not say which requests
 * are in both, so what is counted is a bound: at most bad(TTFT) + bad(TPOT) requests miss one, and the rest meets both.
 * Goodput is that or better, never worse; max(0, P(ttft) + P(tpot) - 1).
 */
import type { Expr } from "../promql/ast.ts";
import { binary, call, on, sumBy } from "../promql/build.ts";
import { bucket } from "../sli/latency.ts";
import { ticketsOnly } from "./blueprints.ts";
import type { Blueprint, Chosen } from "./preset.ts";
import type { Select } from "./select.ts";
import { overWindow, printWithWindow } from "./window.ts";

interface Goodput {
  readonly select: Select;
  /** Base names of the histograms, with matchers of their own; the SLOs that hold their thresholds. */
  readonly first: Part;
  readonly perToken: Part;
  readonly groupBy?: readonly string[];
}

interface Part {
  readonly histogram: string;
  readonly matchers?: string;
  readonly slo: string;
}

/** The lower bound as an SLO. Where a bucket is missing nothing is counted, neither good nor bad. */
export function goodput({ select, first, perToken, ...rest }: Goodput): Blueprint {
  return {
    name: "goodput",
    description: `Requests within both thresholds, of ${first.slo} and of ${perToken.slo}. A lower bound: the two histograms do not say which requests miss both, so each miss counts.`,
    objective: 90,
    alerting: ticketsOnly,
    ...rest,
    sli: (chosen) => {
      const [a, b] = [ratesOf(first, select, chosen), ratesOf(perToken, select, chosen)];
      const match = on(...chosen.groupBy);
      const total = binary("and", binary("and", a.all, a.good, match), b.good, match);
      const missed = binary("+", binary("-", a.all, a.good), binary("-", b.all, b.good));
      // Never more than all, and only where there is a total: a request that misses both is counted twice.
      const bad = binary("or", binary("<", missed, total), total);
      return {
        kind: "events",
        total: { promql: printWithWindow(total), meaning: "requests" },
        bad: { promql: printWithWindow(bad), meaning: `requests that may have missed ${first.slo} or ${perToken.slo}` },
      };
    },
  };
}

function ratesOf({ histogram, matchers, slo }: Part, select: Select, { groupBy, thresholds }: Chosen) {
  const named = select.node(histogram, matchers);
  const good = bucket({ kind: "latency", histogram: named, threshold: thresholds[slo] ?? 0, type: "classic" });
  const rate = (of: typeof named): Expr => sumBy(groupBy, call("rate", overWindow(of)));
  return { all: rate({ ...named, metric: `${histogram}_count` }), good: rate(good) };
}
