/**
 * What explains the alerts of an SLO that depends on others: they burn, or their targets are down. Tickets end for it in
 * their own rule. Alertmanager would hold back those that are out as well, and never send their end.
 */

import type { Slo } from "../../../model/service.ts";
import type { Expr, Matcher, Selector } from "../../../promql/ast.ts";
import { binary, on, selector } from "../../../promql/build.ts";
import { escapeRegex } from "../../../promql/regex.ts";
import { alerts } from "../../alert-names.ts";
import { oneOf } from "../../firing.ts";
import { idLabels } from "../../names.ts";
import type { SloContext } from "../alert.ts";
import { jobOf } from "../job.ts";
import { measureSlo } from "../measure-slo.ts";

/** What would be a ticket, unless somebody else has been paged for its cause. */
export function unlessUpstream(ticket: Expr, context: SloContext): Expr {
  return context.upstreams
    .flatMap((upstream) => causesIn(upstream, [alerts.burning.tier], context))
    .reduce((left, { firing, labels }) => binary("unless", left, firing, on(...labels)), ticket);
}

/** Alerts of an upstream that explain those of an SLO. */
export interface Cause {
  readonly firing: Selector;
  /** What it has in common with what it explains. */
  readonly labels: readonly string[];
  /** Where two causes are kept apart, which one. */
  readonly reason?: "burning" | "targets-down";
}

/**
 * @param tiers - Of the alerts of the upstream itself; its targets that are down are a cause always. One selector serves
 * for both, where no label of a group is shared: targets that are down are of no SLO and no group.
 */
export function causesIn(upstream: Slo, tiers: readonly string[], { slo, measurement, platform }: SloContext): Cause[] {
  const shared = slo.groupBy.filter((label) => upstream.groupBy.includes(label));
  const identity = [...measurement.base.identity].sort();
  const { slo: name, slo_service } = idLabels(upstream);
  const alertsWith = (...matchers: Matcher[]) => {
    const own = selector("ALERTS", { alertstate: "firing", slo_service });
    return { ...own, matchers: [...own.matchers, ...matchers] };
  };
  const job = jobOf(upstream, measureSlo(upstream, platform).base);
  const down = alerts.targetsDown.tier;
  const dies = alertsWith(
    oneOf("tier", [down]),
    ...(job === undefined ? [] : [{ label: "job", op: "=", value: job } as const]),
  );
  const [first, ...more] = tiers;
  if (first === undefined) return [{ firing: dies, labels: identity }];
  if (shared.length > 0) {
    const burns = alertsWith({ label: "slo", op: "=", value: name }, oneOf("tier", [first, ...more]));
    return [
      { firing: burns, labels: [...identity, ...shared].sort(), reason: "burning" },
      { firing: dies, labels: identity, reason: "targets-down" },
    ];
  }
  const ofJob = job === undefined ? [] : [{ label: "job", op: "=~", value: `${escapeRegex(job)}|` } as const];
  const either = alertsWith(
    { label: "slo", op: "=~", value: `${name}|` },
    oneOf("tier", [first, ...more, down]),
    ...ofJob,
  );
  return [{ firing: either, labels: identity }];
}
