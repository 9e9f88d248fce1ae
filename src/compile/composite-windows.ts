/**
 * Windows of a composite: every component has an error ratio of its own in each window, by its own events, and the
 * composite's is made of these. No ratio is averaged over time.
 */
import type { Expr } from "../promql/ast.ts";
import { aggregateWithout, binary, call, number, selector } from "../promql/build.ts";
import { COMPONENT, type Composite, componentWeights } from "../sli/composite.ts";
import { errorRatio, type Measure, tileMatching, windowCoverage } from "./measure.ts";
import { componentRatioRecord } from "./naming.ts";
import { periodCoverage, periodMatching, periodRatio } from "./period.ts";
import { ownCount, type Windows } from "./windows.ts";

/** Windows over what the components have counted. One that counted nothing is left out. */
export function compositeWindows(sli: Composite, measure: Measure): Windows {
  const parts = (seconds: number): Expr => selector(componentRatioRecord(seconds), measure.base.id);
  const ratio = (seconds: number): Expr => combined(sli, errorRatio(measure, seconds));
  return {
    // Guards are refused: a composite has no events of its own.
    counted: (count, seconds) => ownCount(count, seconds, measure),
    parts: (seconds) => [{ record: componentRatioRecord(seconds), expr: errorRatio(measure, seconds) }],
    ratio,
    recorded: (seconds) => combined(sli, parts(seconds)),
    seen: (seconds) => {
      const coverage = windowCoverage(measure, seconds);
      return combined(sli, binary("*", parts(seconds), coverage, tileMatching(measure, seconds)));
    },
    above: (seconds, threshold) => binary(">", ratio(seconds), threshold),
    period: ({ seconds }) => {
      const coverage = periodCoverage(measure, seconds);
      return combined(sli, binary("*", periodRatio(measure, seconds), coverage, periodMatching(measure, seconds)));
    },
  };
}

/** One ratio per group from those of its components. */
function combined(sli: Composite, ratios: Expr): Expr {
  const over = (op: string, expr: Expr): Expr => aggregateWithout(op, [COMPONENT], expr);
  switch (sli.as) {
    case "worst":
      return over("max", ratios);
    case "weighted":
      return binary("/", over("sum", weighed(sli, "*", ratios)), over("sum", weighed(sli, "+", none(ratios))));
    case "serial":
      return binary("-", number(1), call("exp", over("sum", call("ln", goodShare(ratios)))));
  }
}

function weighed(sli: Composite, op: "*" | "+", ratios: Expr): Expr {
  return binary(op, ratios, componentWeights(sli), { type: "on", labels: [COMPONENT], group: "left" });
}

function none(ratios: Expr): Expr {
  return binary("*", ratios, number(0));
}

/** The logarithm of what is below zero would be NaN, and poison the sum. */
function goodShare(ratios: Expr): Expr {
  return call("clamp_min", binary("-", number(1), ratios), number(0));
}
