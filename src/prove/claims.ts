/** Claims about alerts, read from the `ALERTS` series that Prometheus writes. */
import { idLabels } from "../compile/naming.ts";
import type { SloPlan } from "../compile/plan.ts";
import { printSeconds } from "../promql/duration.ts";
import { quote } from "../promql/print.ts";
import type { Judgement } from "./alert-oracle.ts";
import type { Claim } from "./proof.ts";
import { seriesName } from "./series-text.ts";

type Labels = Readonly<Record<string, string>>;

/** At this instant the tier's alert fires for exactly these groups, among those that carry the labels `within`. */
export function fires(
  plan: SloPlan,
  tier: string,
  groups: readonly Labels[],
  atSeconds: number,
  within: Labels = {},
): Claim {
  const alert = alertOf(plan, tier);
  return { atSeconds, query: firing(plan, tier, within), alert, samples: samplesOf(tier, groups, 1) };
}

function samplesOf(tier: string, groups: readonly Labels[], value: number): Claim["samples"] {
  const samples = groups.map((group) => ({ labels: seriesName("", { ...group, tier }), value }));
  return samples.sort((a, b) => (a.labels < b.labels ? -1 : 1));
}

/** At this instant the tier's alert fires for nobody. */
export function silent(plan: SloPlan, tier: string, atSeconds: number, within: Labels = {}): Claim {
  return { atSeconds, query: firing(plan, tier, within), samples: [] };
}

/** From the start to this instant nothing has fired. */
export function neverFired(plan: SloPlan, tier: string | undefined, atSeconds: number, within: Labels = {}): Claim {
  return {
    atSeconds,
    query: `count_over_time(${alerts(plan, tier, within)}[${printSeconds(Math.max(60, atSeconds))}])`,
    samples: [],
  };
}

/** In the last `forSeconds` before this instant the tier's alert fired at every evaluation, for exactly these groups. */
export function firedThroughout(
  plan: SloPlan,
  tier: string,
  groups: readonly Labels[],
  atSeconds: number,
  forSeconds: number,
): Claim {
  const by = ["tier", ...plan.groupLabels].join(", ");
  const query = `sum by (${by}) (count_over_time(${alerts(plan, tier, {})}[${printSeconds(forSeconds)}]))`;
  const times = forSeconds / plan.slo.evaluationSeconds;
  return { atSeconds, query, alert: alertOf(plan, tier), samples: samplesOf(tier, groups, times) };
}

/** In the last `forSeconds` before this instant nothing has fired. */
export function silentThroughout(plan: SloPlan, tier: string, atSeconds: number, forSeconds: number): Claim {
  return { atSeconds, query: `count_over_time(${alerts(plan, tier, {})}[${printSeconds(forSeconds)}])`, samples: [] };
}

/** The instants around a rise and a fall, as the oracle sees them. Instants that only rounding decides are left out. */
export function riseAndFall(
  plan: SloPlan,
  tier: string,
  groups: readonly Labels[],
  judgement: Judgement,
  within: Labels = {},
): Claim[] {
  const { verdicts, everySeconds } = judgement;
  const rise = verdicts.indexOf("firing");
  if (rise < 0) return [];
  const lastFiring = verdicts.lastIndexOf("firing");
  const before = verdicts.lastIndexOf("silent", rise);
  const after = verdicts.indexOf("silent", lastFiring);
  return [
    ...(before < 0 ? [] : [silent(plan, tier, before * everySeconds, within)]),
    fires(plan, tier, groups, rise * everySeconds, within),
    ...(lastFiring === rise ? [] : [fires(plan, tier, groups, lastFiring * everySeconds, within)]),
    ...(after < 0 ? [] : [silent(plan, tier, after * everySeconds, within)]),
  ];
}

function firing(plan: SloPlan, tier: string, within: Labels): string {
  const by = ["tier", ...plan.groupLabels, ...Object.keys(within)].join(", ");
  return `count by (${by}) (${alerts(plan, tier, within)})`;
}

/** Burn alerts only, unless one tier is named: the others have claims of their own. */
function alerts(plan: SloPlan, tier: string | undefined, within: Labels): string {
  const which =
    tier === undefined ? [...matchers(idLabels(plan.slo)), 'alertname=~"SloBurn.+"'] : matchers(alertOf(plan, tier));
  return `ALERTS{${['alertstate="firing"', ...which, ...matchers(within)].join(", ")}}`;
}

function alertOf({ slo, alerts: all }: SloPlan, tier: string): Labels {
  const severity = all.find((alert) => alert.labels.tier === tier)?.labels.severity ?? "";
  return { ...idLabels(slo), tier, severity };
}

function matchers(labels: Labels): string[] {
  return Object.entries(labels).map(([label, value]) => `${label}=${quote(value)}`);
}
