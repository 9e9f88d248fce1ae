/**
 * Goodput: the share of requests that meet both the TTFT and the TPOT threshold. Two histograms do not say which requests
 * are in both, so what is counted is a bound: at most bad(TTFT) + bad(TPOT) requests miss one, and the rest meets both.
 * Goodput is that or better, never worse; max(0, P(ttft) + P(tpot) - 1).
 */
import type { Expr, Selector } from "../../promql/ast.ts";
import { binary, call, number, on, sumBy } from "../../promql/build.ts";
import { bucket } from "../../sli/kinds/latency.ts";
import { ticketsOnly } from "../assemble/blueprints.ts";
import type { Blueprint, Chosen } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { overWindow, printWithWindow } from "../assemble/window.ts";

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
    description: `Requests meet both thresholds, of ${first.slo} and of ${perToken.slo}. A lower bound: the two histograms do not show which requests miss both, so each miss counts.`,
    objective: 90,
    alerting: ticketsOnly,
    ...rest,
    sli: (chosen) => {
      const [a, b] = [countersOf(first, select, chosen), countersOf(perToken, select, chosen)];
      const rate = (of: Selector): Expr => sumBy(chosen.groupBy, call("rate", overWindow(of)));
      const match = on(...chosen.groupBy);
      const total = binary("and", binary("and", rate(a.all), a.good, match), b.good, match);
      // Those that met the first, less those that missed the second. Never below 0: who misses both is taken away twice.
      const good = call("clamp_min", binary("-", binary("+", rate(a.good), rate(b.good)), rate(b.all)), number(0));
      return {
        kind: "events",
        total: { promql: printWithWindow(total), meaning: "requests" },
        good: {
          promql: printWithWindow(good),
          meaning: `requests that met ${first.slo} and ${perToken.slo}, at least`,
        },
      };
    },
  };
}

function countersOf({ histogram, matchers, slo }: Part, select: Select, { thresholds }: Chosen) {
  const named = select.node(histogram, matchers);
  const good = bucket({ histogram: named, threshold: thresholds[slo] ?? 0 });
  return { all: { ...named, metric: `${histogram}_count` }, good };
}
