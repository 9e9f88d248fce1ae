/**
 * `SloUpstreamDown`: while it fires, Alertmanager holds back the pages of an SLO that depends on others. It does not begin
 * for a page that is out already, whose end Alertmanager would never send.
 */

import type { Slo } from "../../../model/service.ts";
import type { Expr, Matcher } from "../../../promql/ast.ts";
import { aggregate, binary, call, on, over } from "../../../promql/build.ts";
import { alerts } from "../../alert-names.ts";
import { firing, named } from "../../firing.ts";
import { dependencyWaitSeconds } from "../../group-wait.ts";
import { idLabels } from "../../names.ts";
import { type AlertingRule, pageTiers, type TierPlan } from "../../plan.ts";
import { resolveTiers } from "../../tiers/tiers.ts";
import type { SloContext } from "../alert.ts";
import { type Cause, causesIn } from "./upstream.ts";

/** One for each upstream; two where groups are shared, since targets that are down explain all of them. */
export function upstreamAlerts(context: SloContext): AlertingRule[] {
  const [first, ...more] = pageTiers(context);
  if (first === undefined) return [];
  const sources = context.upstreams.flatMap((upstream) => sourcesIn(upstream, context));
  const sent = sentPages([first, ...more], sources, context);
  return sources.map((source) => sourceAlert(source, sent, context));
}

interface Source extends Cause {
  readonly upstream: Slo;
}

function sourcesIn(upstream: Slo, context: SloContext): Source[] {
  const tiers = pageTiers(resolveTiers(upstream)).map(({ name }) => name);
  return causesIn(upstream, tiers, context).map((cause) => ({ ...cause, upstream }));
}

/** Seconds within which the end of a page is sent: the `group_interval` of its route. */
const END_SENT = 60;

/**
 * Pages that have waited for as long as their route does, until their end is sent, unless a source has held them back. A
 * range has a sample of the slowest rule.
 */
function sentPages(pages: readonly [TierPlan, ...TierPlan[]], sources: readonly Source[], context: SloContext): Expr {
  const { slo, upstreams } = context;
  const [first, ...more] = pages;
  const names = named([first.alert, ...more.map(({ alert }) => alert)]);
  const waited = { ...firing([names], idLabels(slo)), offsetMs: 1000 * dependencyWaitSeconds(slo, upstreams) };
  const out = call("last_over_time", over(waited, 1000 * (END_SENT + slo.evaluationSeconds)));
  return alike(sources).reduce<Expr>(
    (left, some) => binary("unless", left, begun(some, sources, slo), on(...(some[0]?.labels ?? []))),
    out,
  );
}

/** Sources by what they have in common with the pages that they hold back. */
function alike(sources: readonly Source[]): Source[][] {
  const keys = [...new Set(sources.map(keyOf))];
  return keys.map((key) => sources.filter((source) => keyOf(source) === key));
}

function keyOf({ labels, reason }: Source): string {
  return [...labels, reason === "burning"].join();
}

/** Sources that fire; all of an SLO's need not be named. */
function begun(some: readonly Source[], all: readonly Source[], slo: Slo): Expr {
  const isBurning = some.some(({ reason }) => reason === "burning");
  const ids = idsOf(some);
  const which: Matcher[] = [
    ...(ids.length === idsOf(all).length ? [] : [{ label: "depends_on", op: "=~", value: ids.join("|") } as const]),
    { label: "reason", op: isBurning ? "=" : "!=", value: "burning" },
  ];
  return firing([named([alerts.upstream.name]), ...(some.length === all.length ? [] : which)], idLabels(slo));
}

function idsOf(sources: readonly Source[]): string[] {
  return [...new Set(sources.map(({ upstream }) => upstream.id))];
}

/** Outlasts its cause by what the pages that it holds back still count. */
function sourceAlert(
  { upstream, firing: cause, labels, reason }: Source,
  sent: Expr,
  context: SloContext,
): AlertingRule {
  const { slo } = context;
  const { name, tier } = alerts.upstream;
  const residue = Math.max(...pageTiers(context).map((page) => page.shortSeconds + page.keepFiringForSeconds));
  return {
    type: "alert",
    alert: name,
    severity: "none",
    comment: `Sent to nobody: while ${upstream.id} pages or its targets are down, holds back pages of this SLO that are not out yet.`,
    expr: binary("unless", aggregate("group", labels, cause), sent, on(...labels)),
    forSeconds: 0,
    keepFiringForSeconds: slo.evaluationSeconds + residue,
    labels: {
      ...idLabels(slo),
      depends_on: upstream.id,
      ...(reason === undefined ? {} : { reason }),
      tier,
      severity: "none",
      owner: slo.owner,
    },
    annotations: { summary: `${upstream.id} is paging: pages of ${slo.id} are held back.` },
  };
}
