/** Which SLOs of a service have data at this moment: those that count slices of time write a sample only once in each. */
import type { Expr, Selector } from "../../promql/ast.ts";
import { call, over, selector } from "../../promql/build.ts";
import { oneOf } from "../firing.ts";
import { records } from "../names.ts";
import type { SloPlan } from "../plan.ts";

/**
 * The totals of a service that are there now, or were within two slices of their SLO. An SLO with long slices does not
 * lengthen the look back of the others: their targets would be dead for as long before anybody hears of it.
 */
export function dataNow(service: string, slos: readonly SloPlan[]): Expr[] {
  const [shortest = 0, ...longer] = lookbacks(slos);
  const all = selector(records.total, { slo_service: service });
  return [within(all, shortest), ...longer.map((seconds) => within(only(all, slos, seconds), seconds))];
}

/** Two of the usual slices, in seconds: SLOs with shorter ones are not worth a term of their own. */
const USUAL_SECONDS = 120;

/** Each one once, the shortest first; usual ones are one. */
function lookbacks(slos: readonly SloPlan[]): number[] {
  const each = slos.map(lookback);
  const usual = each.filter((seconds) => seconds <= USUAL_SECONDS);
  const longer = each.filter((seconds) => seconds > USUAL_SECONDS);
  return [...new Set([...(usual.length > 0 ? [Math.max(...usual)] : []), ...longer])].sort((a, b) => a - b);
}

/** 0 where each evaluation writes a sample. */
function lookback({ measurement: { totalEverySeconds, intervalSeconds } }: SloPlan): number {
  return totalEverySeconds > intervalSeconds ? 2 * totalEverySeconds : 0;
}

function within(total: Selector, seconds: number): Expr {
  return seconds === 0 ? total : call("last_over_time", over(total, seconds * 1000));
}

function only(total: Selector, slos: readonly SloPlan[], seconds: number): Selector {
  const names = slos.filter((plan) => lookback(plan) === seconds).map(({ slo }) => slo.name);
  const [first = "", ...more] = names.sort();
  return { ...total, matchers: [...total.matchers, oneOf("slo", [first, ...more])] };
}
