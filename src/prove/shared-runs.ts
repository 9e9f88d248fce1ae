/**
 * Proofs that share a run. promtool evaluates every rule of the file in every test, so that a test per SLO would cost the
 * square of their number: histories that do not meet are played side by side.
 */
import type { Proof } from "./proof.ts";
import type { InputSeries } from "./series-text.ts";

/** Proofs that are played together. */
export interface Run {
  readonly scenario: string;
  readonly startSeconds: number;
  readonly everySeconds: number;
  /** As in `Proof`. */
  readonly evaluatedSeconds: number | undefined;
  readonly members: readonly { readonly proof: Proof; readonly series: readonly InputSeries[] }[];
}

/** First fit: each proof joins the first run of its scenario in which nobody has a series that it may read. */
export function sharedRuns(proofs: readonly Proof[]): Run[] {
  const packs: Proof[][] = [];
  const seriesAt = onceEach();
  for (const proof of proofs) {
    const placeFor = (one: Proof): Proof[] | undefined =>
      packs.find((members) => members.every((other) => fitTogether(one, other, seriesAt)));
    const isFirst = packs.every(([other]) => other?.scenario !== proof.scenario);
    const chosen = isFirst || placeFor(proof) ? proof : (proof.brief?.() ?? proof);
    const pack = placeFor(chosen);
    if (pack) pack.push(chosen);
    else packs.push([chosen]);
  }
  return packs.map((pack) => runOf(pack, seriesAt));
}

/** The series of a proof up to a time. */
type SeriesAt = (proof: Proof, untilSeconds: number) => readonly InputSeries[];

/** Every proof is held against many others, and writing its series is most of the work. */
function onceEach(): SeriesAt {
  const known = new Map<Proof, Map<number, readonly InputSeries[]>>();
  return (proof, until) => {
    const own = known.get(proof) ?? new Map<number, readonly InputSeries[]>();
    const series = own.get(until) ?? proof.series(until);
    known.set(proof, own.set(until, series));
    return series;
  };
}

function runOf(proofs: readonly Proof[], seriesAt: SeriesAt): Run {
  const [{ scenario = "", startSeconds = 0, everySeconds = 0, evaluatedSeconds = undefined } = {}] = proofs;
  const untilSeconds = Math.max(...proofs.map((proof) => proof.untilSeconds));
  const seen = new Set<string>();
  const members = proofs.map((proof) => {
    const series = seriesAt(proof, untilSeconds).filter(({ series: name }) => !seen.has(name));
    for (const { series: name } of series) seen.add(name);
    return { proof, series };
  });
  return { scenario, startSeconds, everySeconds, evaluatedSeconds, members };
}

function fitTogether(one: Proof, other: Proof, seriesAt: SeriesAt): boolean {
  if (one.alone || other.alone || one.scenario !== other.scenario || one.everySeconds !== other.everySeconds)
    return false;
  if ((one.startSeconds ?? 0) !== (other.startSeconds ?? 0)) return false;
  if (one.evaluatedSeconds !== other.evaluatedSeconds) return false;
  // Else targets that are back for one are no longer gone for the other.
  if (one.alike !== other.alike) return false;
  const strangers = one.alike !== undefined ? () => true : (a: InputSeries, b: InputSeries) => !meet(a, b);
  const until = Math.max(one.untilSeconds, other.untilSeconds);
  const theirs = seriesAt(other, until);
  return seriesAt(one, until).every((mine) =>
    theirs.every((their) => (mine.series === their.series ? mine.values === their.values : strangers(mine, their))),
  );
}

/** Series of one metric may be read by both, unless they are different buckets of one histogram, or `up`. */
function meet(mine: InputSeries, their: InputSeries): boolean {
  if (metricOf(mine) !== metricOf(their) || metricOf(mine) === "up") return false;
  return leOf(mine) === leOf(their);
}

function metricOf({ series }: InputSeries): string {
  const brace = series.indexOf("{");
  return brace < 0 ? series : series.slice(0, brace);
}

function leOf({ series }: InputSeries): string | undefined {
  return /\ble="([^"]*)"/.exec(series)?.[1];
}
