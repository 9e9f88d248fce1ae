/**
 * What explains the alerts of an SLO that depends on others: they burn, or their targets are down. Tickets end for it in
 * their own rule. Alertmanager would hold back those that are out as well, and never send their end.
 */

import type { Slo } from "../../../model/service.ts";
import type { Expr, Matching, Selector } from "../../../promql/ast.ts";
import { binary, on, selector } from "../../../promql/build.ts";
import { escapeRegex } from "../../../promql/regex.ts";
import { alerts } from "../../alert-names.ts";
import { idLabels } from "../../names.ts";
import type { SloContext } from "../alert.ts";
import { jobOf } from "../job.ts";
import { sloMeasurement } from "../slo-measurement.ts";

/** What would be a ticket, unless somebody else has been paged for its cause. */
export function unlessUpstream(ticket: Expr, context: SloContext): Expr {
  return context.upstreams
    .flatMap((upstream) => causesIn(upstream, context))
    .reduce((left, { firing, matching }) => binary("unless", left, firing, matching), ticket);
}

interface Cause {
  readonly firing: Selector;
  readonly matching: Matching;
}

/** One selector for both, where no label of a group is shared: targets that are down are of no SLO and no group. */
function causesIn(upstream: Slo, { slo, measurement, platform }: SloContext): Cause[] {
  const shared = slo.groupBy.filter((label) => upstream.groupBy.includes(label));
  const identity = [...measurement.base.identity];
  const { slo: name, slo_service } = idLabels(upstream);
  const own = selector("ALERTS", { alertstate: "firing", slo_service });
  const burning = { label: "tier", op: "=", value: alerts.burning.tier } as const;
  const down = { label: "tier", op: "=", value: alerts.targetsDown.tier } as const;
  const cause = (matchers: Selector["matchers"], labels: readonly string[]): Cause => ({
    firing: { ...own, matchers: [...own.matchers, ...matchers] },
    matching: on(...[...labels].sort()),
  });
  const ofSlo = { label: "slo", op: "=", value: name } as const;
  const job = jobOf(upstream, sloMeasurement(upstream, platform).base);
  const ofJob = job === undefined ? [] : [{ label: "job", op: "=", value: job } as const];
  if (shared.length > 0) return [cause([ofSlo, burning], [...identity, ...shared]), cause([down, ...ofJob], identity)];
  const either = { label: "tier", op: "=~", value: `${burning.value}|${down.value}` } as const;
  const orOfJob = job === undefined ? [] : [{ label: "job", op: "=~", value: `${escapeRegex(job)}|` } as const];
  return [cause([{ label: "slo", op: "=~", value: `${name}|` }, either, ...orOfJob], identity)];
}
