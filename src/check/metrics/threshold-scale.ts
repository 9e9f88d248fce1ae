/** Whether a gauge is compared in its own scale: a share from 0 to 1 is never over 90, so nothing would ever alert. */
import { type Issue, issue } from "../../issue.ts";
import { exact, printNumber } from "../../promql/number.ts";
import type { Check } from "../check.ts";
import { type SliUse, slisOf } from "./uses.ts";

export const thresholdScale: Check = {
  name: "threshold-scale",
  check: (plan) => slisOf(plan).flatMap(checkThreshold),
};

/**
 * Shares of a whole. The last word alone does not tell: OpenTelemetry ends every gauge without a unit in `_ratio`, and
 * ratios of compression are above 1.
 */
const SHARE =
  /(?:^|[_.:])(?:usage|use|used|utili[sz]ation|free|available|idle|busy|success|error|failure|hit|miss|loss|pass|full|saturation)_ratio$/;

/** Below it a threshold may be of something that is over 1. */
const LEAST_PERCENT = 10;

function checkThreshold({ sli, path, source }: SliUse): Issue[] {
  if (sli.kind !== "gauge" || sli.metric.type !== "selector") return [];
  const name = sli.metric.selector.metric;
  const { threshold } = sli;
  if (!SHARE.test(name) || threshold < LEAST_PERCENT) return [];
  const message = `\`${name}\` is a ratio from 0 to 1 by its name, and ${printNumber(threshold)} looks like percent: it would never be reached.`;
  const hint = `Write threshold: ${printNumber(exact(threshold / 100))}; where the metric is in percent in spite of its name, { promql: "${name}" }.`;
  return [issue("wrong-scale", [...path, "threshold"], message, hint, source)];
}
