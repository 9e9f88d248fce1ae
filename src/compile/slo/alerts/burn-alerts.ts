/**
 * Burn-rate alerts over two windows.
 * https://sre.google/workbook/alerting-on-slos/
 */

import type { Expr } from "../../../promql/ast.ts";
import { binary, call, chain, number, on, over, selector } from "../../../promql/build.ts";
import { printSeconds } from "../../../promql/duration.ts";
import type { Counts } from "../../../sli/kind.ts";
import { alerts } from "../../alert-names.ts";
import { firing, named } from "../../firing.ts";
import { errorRatioRecord } from "../../names.ts";
import type { AlertingRule, TierPlan } from "../../plan.ts";
import { thresholdOf } from "../../tiers/objectives.ts";
import { alertingRule, onGroup, type SloContext } from "../alert.ts";
import { fasterPages, guardSource, isPage, residueSeconds, sourceOf } from "../placing.ts";
import { shareMeasured, shareWords } from "../windows/share-measured.ts";
import { badEvents, totalEvents } from "../windows/windows.ts";
import { COUNTERS_FALL, tellsFalling } from "./broken.ts";
import { burnTexts } from "./burn-texts.ts";
import { allowedEvents, burnsAtLeast, knowsTraffic } from "./traffic.ts";
import { unlessUpstream } from "./upstream.ts";

/** The alert of one tier. */
export function burnAlert(tier: TierPlan, counts: Counts, context: SloContext): AlertingRule {
  const own = context.slo.alerting.overrides?.[tier.name];
  const parts = {
    name: tier.alert,
    tier: tier.name,
    severity: tier.severity,
    comment: commentOf(tier, counts, context),
    expr: believed(burning(tier, context), tier, counts, context),
    ...burnTexts(tier, context),
    ofGroup: { longSeconds: tier.longSeconds },
    forSeconds: tier.forSeconds,
    keepFiringForSeconds: tier.keepFiringForSeconds,
    labels: { ...own?.labels, long: printSeconds(tier.longSeconds), short: printSeconds(tier.shortSeconds) },
    annotations: own?.annotations ?? {},
  };
  return alertingRule(parts, context);
}

/** What the expression alone does not say. */
function commentOf(tier: TierPlan, counts: Counts, context: SloContext): string {
  const isSlower = pagedBefore(tier, context) !== undefined;
  if (isSlower && tier.severity !== "page") return "Held back while SloBurning fires: the page already covers it.";
  const causes = [
    ...(isSlower ? ["while a faster page fires, until its errors have left this short window"] : []),
    ...(isHeld(tier, counts, context) ? ["while SloBroken says that counters fall"] : []),
  ];
  const held = causes.length === 0 ? "" : ` Held back ${causes.join(", and ")}.`;
  return `${scalingOf(tier, isSlower, context)}${held}`.trim();
}

function scalingOf(tier: TierPlan, isSlower: boolean, { slo, measurement }: SloContext): string {
  if (knowsTraffic(slo)) return isSlower ? "" : OF_EVENTS;
  const share = shareWords(tier.longSeconds, measurement);
  return isSlower ? `Scaled as above: ${share}` : `${OF_SHARE} ${share}`;
}

const OF_SHARE = "Scaled by the share of the long window in which the rules ran: time before that counts as good.";
const OF_EVENTS =
  "Compares bad events with what the period's traffic allows: time before the rules were loaded counts as good.";

/** The long window decides whether it matters, the short one whether it goes on. */
function burning(tier: TierPlan, context: SloContext): Expr {
  const { measurement } = context;
  const limit = (seconds: number): Expr => limitIn(seconds, tier, context);
  const { longSeconds: long, shortSeconds: short } = tier;
  const above = chain(
    "and",
    binary(">", burntInLong(tier, context), limit(long)),
    binary(">", burntIn(short, tier, context), limit(short)),
    ...burnsAtLeast(tier, context),
    ...leastEvents(tier, context),
  );
  const paged = pagedBefore(tier, context);
  const unpaged = paged === undefined ? above : binary("unless", above, paged, onGroup(measurement));
  return tier.severity === "page" ? unpaged : unlessUpstream(unpaged, context);
}

/** Numbers of counters that fall mean nothing: a healthy service would page. It is a ticket that says so. */
function believed(expr: Expr, tier: TierPlan, counts: Counts, context: SloContext): Expr {
  if (!isHeld(tier, counts, context)) return expr;
  const { base } = context.measurement;
  const reason = { label: "reason", op: "=", value: COUNTERS_FALL } as const;
  const falling = firing([named([alerts.broken.name]), reason], base.id);
  return binary("unless", expr, falling, on(...Object.keys(base.id), ...base.identity));
}

function isHeld({ severity }: TierPlan, counts: Counts, { slo }: SloContext): boolean {
  return severity === "page" && tellsFalling(counts, slo);
}

/** What was before the rules counts as good. A sum of bad events has nothing of it, so only a ratio is scaled. */
function burntInLong(tier: TierPlan, context: SloContext): Expr {
  const burnt = burntIn(tier.longSeconds, tier, context);
  return knowsTraffic(context.slo) ? burnt : binary("*", burnt, shareMeasured(tier.longSeconds, context.measurement));
}

/** The error ratio of a window; bad events, where what they may be depends on the traffic of the whole period. */
function burntIn(seconds: number, tier: TierPlan, { slo, measurement }: SloContext): Expr {
  if (!knowsTraffic(slo)) return selector(errorRatioRecord(seconds), measurement.base.id);
  return badEvents(seconds, sourceOf(seconds, tier, measurement), measurement);
}

function limitIn(seconds: number, tier: TierPlan, { slo }: SloContext): Expr {
  return knowsTraffic(slo) ? allowedEvents(tier, seconds, slo) : thresholdOf(tier, slo);
}

function leastEvents(tier: TierPlan, { slo, measurement }: SloContext): Expr[] {
  const seconds = tier.longSeconds;
  const source = guardSource(tier, measurement);
  return [
    ...guard(totalEvents(seconds, source, measurement), slo.minEvents),
    ...guard(badEvents(seconds, source, measurement), slo.minBad === 1 ? undefined : slo.minBad),
  ];
}

function guard(events: Expr, least: number | undefined): Expr[] {
  return least === undefined ? [] : [binary(">=", events, number(least))];
}

/**
 * What has been sent already: by a faster page, until the residue has left this tier's own short window; for anything else
 * by whatever pages. It ends here and not by inhibition: Alertmanager never sends the end of an alert that ends inhibited.
 */
function pagedBefore(tier: TierPlan, { measurement, tiers }: SloContext): Expr | undefined {
  if (!isPage(tier))
    return tiers.some(isPage) ? firing([named([alerts.burning.name])], measurement.base.id) : undefined;
  const faster = fasterPages(tier, tiers);
  const [first, ...more] = faster.map(({ alert }) => alert);
  if (first === undefined) return undefined;
  const pages = firing([named([first, ...more])], measurement.base.id);
  return call("last_over_time", over(pages, residueSeconds(tier, faster) * 1000));
}
