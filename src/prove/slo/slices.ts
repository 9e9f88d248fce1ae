/** Slices of events: which are bad, which are good, and what becomes of one without events. */
import { type EventSlices, eventSlices } from "../../model/budgeting.ts";
import { printSeconds } from "../../promql/duration.ts";
import { exact } from "../../promql/number.ts";
import { quote } from "../../promql/print-selector.ts";
import { type Expectation, MOST_EVALUATIONS, type Proof } from "../proof.ts";
import { rawSeries, rawValues } from "../raw-series.ts";
import { seriesName } from "../series-text.ts";
import { lateSeconds, type Stage, targetOf } from "./stage.ts";
import type { Step } from "./timeline.ts";

const UNITS = 1000;

export function proveSlices(stage: Stage): Proof[] {
  const { slo, pace, history } = stage;
  const judged = eventSlices(slo);
  if (!judged || history.type === "gauge") return [];
  const { sliceSeconds } = judged;
  const happens = Math.ceil(sliceSeconds / 4 / pace.scrape) * pace.scrape;
  // What happens in a slice must be seen before it ends.
  if (happens + lateSeconds(stage, false) + 2 * pace.every > sliceSeconds) return [];
  const slices = slicesOf(judged, slo.noTraffic);
  const until = (slices.length + 1) * sliceSeconds + 2 * pace.every;
  if (until / pace.every > MOST_EVALUATIONS) return [];
  return [
    {
      scenario: "slices are judged by their events",
      name: slo.name,
      story: `slices of ${printSeconds(sliceSeconds)}: ${slices.map(({ words }) => words).join(", then ")}`,
      everySeconds: pace.scrape,
      untilSeconds: until,
      series: (untilSeconds) => {
        const steps = stepsOf(slices, { happens, sliceSeconds, untilSeconds }, pace.scrape);
        const values = rawValues(history, steps, pace);
        return stage.groups.flatMap((group) => rawSeries(history, values, { ...targetOf(stage, group), ...group }));
      },
      expectations: expectationsOf(slices, until, stage, sliceSeconds),
      proves: [],
    },
  ];
}

/** What happens in one, and how it counts. */
interface Slice {
  readonly bad: number;
  readonly good: number;
  readonly counts: { readonly total: number; readonly bad: number };
  readonly words: string;
}

/** As few are good as the target asks for, and one less. */
function slicesOf({ targetPercent }: EventSlices, noTraffic: "ignore" | "bad" | "good"): Slice[] {
  const most = Math.floor(exact((UNITS * (100 - targetPercent)) / 100));
  const of = (bad: number, isBad: boolean): Slice => ({
    bad,
    good: UNITS - bad,
    counts: { total: 1, bad: Number(isBad) },
    words: `${bad} of ${UNITS} events are bad`,
  });
  const idle = { total: Number(noTraffic !== "ignore"), bad: Number(noTraffic === "bad") };
  return [
    of(0, false),
    of(most, false),
    of(most + 1, true),
    { bad: 0, good: 0, counts: idle, words: "none happens" },
    of(UNITS, true),
  ];
}

/** When in a slice something happens, how long slices are, and when all of them are over. */
type Times = Readonly<Record<"happens" | "sliceSeconds" | "untilSeconds", number>>;

/** The first slice is left alone: what is there when rules begin was not counted by them. */
function stepsOf(slices: readonly Slice[], { happens, sliceSeconds, untilSeconds }: Times, scrape: number): Step[] {
  return Array.from({ length: Math.ceil(untilSeconds / scrape) + 1 }, (_, index) => {
    const at = index * scrape;
    const now = slices.find((_, place) => at === firstScrape((place + 1) * sliceSeconds + happens, scrape));
    const { good, bad } = now ?? { good: 0, bad: 0 };
    return { good, bad, badShare: 0, there: true, measured: true };
  });
}

function firstScrape(seconds: number, scrape: number): number {
  return Math.ceil(seconds / scrape) * scrape;
}

function expectationsOf(
  slices: readonly Slice[],
  atSeconds: number,
  stage: Stage,
  sliceSeconds: number,
): Expectation[] {
  const { slo, groups } = stage;
  const range = printSeconds(slices.length * sliceSeconds);
  return (["total", "bad"] as const).map((sort) => ({
    atSeconds,
    query: `sum_over_time(slo:${sort}:increase{slo=${quote(slo.name)}}[${range}])`,
    samples: groups.map((group) => ({
      labels: seriesName("", { slo_service: slo.service, slo: slo.name, ...group }),
      value: slices.reduce((sum, { counts }) => sum + counts[sort], 0),
    })),
  }));
}
