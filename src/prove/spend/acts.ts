/** Charges as raw series, and expectations on them. */
import { spendLabels } from "../../compile/names.ts";
import { selector } from "../../promql/build.ts";
import { exact } from "../../promql/number.ts";
import { print } from "../../promql/print.ts";
import { printLabel } from "../../promql/print-selector.ts";
import type { AlertId, Expectation, Proof } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { type InputSeries, runs, seriesName } from "../series-text.ts";
import type { Charge, Known } from "./oracle.ts";
import type { Limit, Spender, Stage } from "./stage.ts";

/** A history: what is spent when, and when there is nobody to say so. */
export interface Act {
  readonly charges: readonly Charge[];
  /** From then on counters are there, also before their first charge. Without it they are born with that. */
  readonly thereFrom?: number;
  /** Counters are gone within these times. */
  readonly gone?: readonly [from: number, to: number];
  /** Other counters, by their value at a time. */
  readonly others?: readonly { readonly series: string; readonly at: (seconds: number) => number | undefined }[];
}

/** A single scrape's charge, so that counters hold whole values: sums of steps have the dust of binary fractions. */
function seriesOf(act: Act, stage: Stage, untilSeconds: number): InputSeries[] {
  const { scrape, spenders, target } = stage;
  const times = Array.from({ length: Math.ceil(untilSeconds / scrape) + 1 }, (_, index) => index * scrape);
  const written = (series: string, at: (seconds: number) => number | undefined): InputSeries => ({
    series,
    values: runs(times.map(at)),
  });
  const identity = identityOf(stage);
  return [
    written(seriesName("up", { ...target, ...identity }), () => 1),
    ...spenders.map((spender, place) =>
      written(seriesName(spender.metric, { ...target, ...spender.series }), (at) => shown(at, place, spender, act)),
    ),
    ...(act.others ?? []).map(({ series, at }) => written(series, at)),
  ];
}

/** Labels of the platform that everything here has. */
export function identityOf({ plan }: Stage): Labels {
  return Object.fromEntries(plan.measurement.base.identity.map((label) => [label, "here"]));
}

/** When an alert fires: what is known of a limit, and above what. */
interface Trigger {
  readonly known: (limit: Limit) => Known;
  readonly above: number;
}

/** Which limits an alert fires for. Nothing where that is not certain for one of them. */
export function expectationOn(
  alert: AlertId,
  atSeconds: number,
  stage: Stage,
  { known, above }: Trigger,
): Expectation[] {
  const judged = stage.limits.map((limit) => ({ limit, ...known(limit) }));
  if (judged.some(({ least, most }) => least < above * MARGIN && most > above / MARGIN)) return [];
  const firing = judged.filter(({ least }) => least >= above * MARGIN);
  return [
    expectationOf(
      alert,
      atSeconds,
      stage,
      firing.map(({ limit }) => limit.labels),
    ),
  ];
}

/** An alert fires for these groups, and for no other. */
export function expectationOf(
  alert: AlertId,
  atSeconds: number,
  { plan }: Stage,
  groups: readonly Labels[],
): Expectation {
  const own = { ...spendLabels(plan.budget), alertname: alert.alert, tier: alert.tier, alertstate: "firing" };
  const reason = alert.reason === undefined ? {} : { reason: alert.reason };
  const by = [...new Set([...plan.groupLabels, ...groups.flatMap((group) => Object.keys(group))])].sort();
  const query = `count by (${by.map(printLabel).join(", ")}) (${print(selector("ALERTS", { ...own, ...reason }))})`;
  const samples = groups.map((labels) => ({ labels: seriesName("", labels).replace(/^$/, "{}"), value: 1 }));
  return { atSeconds, query, samples };
}

/** What all proofs of a budget share. */
export function proofOf(
  parts: Pick<Proof, "scenario" | "story" | "expectations" | "proves" | "untilSeconds"> & {
    readonly startSeconds?: number;
  },
  act: Act,
  stage: Stage,
): Proof {
  const scenario = `${stage.plan.budget.name}: ${parts.scenario}`;
  return {
    ...parts,
    scenario,
    name: stage.plan.budget.name,
    everySeconds: stage.scrape,
    series: (until) => seriesOf(act, stage, until),
  };
}

/** Of rounding and of what Prometheus extrapolates. */
const MARGIN = 1 + 1e-9;

function shown(at: number, place: number, { perUnit }: Spender, { charges, thereFrom, gone }: Act): number | undefined {
  if (gone && at >= gone[0] && at < gone[1]) return undefined;
  const so = charges.filter(({ atSeconds }) => atSeconds <= at).map(({ amounts }) => (amounts[place] ?? 0) * perUnit);
  const value = exact(so.reduce((sum, each) => sum + each, 0));
  return value > 0 || (thereFrom !== undefined && at >= thereFrom) ? value : undefined;
}
