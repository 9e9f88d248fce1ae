/** The history of a ratio that leaves 0…1, as one in percent does. */
import type { GaugeSeries } from "../../../sli/kind.ts";
import { MINUTE } from "../../../time/units.ts";
import type { Labels } from "../../raw-series.ts";
import { type InputSeries, runs, seriesName } from "../../series-text.ts";
import { lateSeconds, type Stage, targetOf } from "../stage.ts";
import { turnOf } from "./turn.ts";
import { seenBy, type Wrong } from "./wrong-counters.ts";

const SAME = 20 * MINUTE;
/** A little too much: one slice at the other end makes up for a quarter of an hour of it. */
const TOO_MUCH = 1.04;

export function outOfRange(stage: Stage): Wrong | string {
  const { history, pace, groups } = stage;
  const [ratio] = history.series;
  if (!ratio || history.type !== "gauge") return "no series can be made of what it reads";
  if (pace.slice > 5 * MINUTE) return "its slices are too long for the history";
  const late = lateSeconds(stage, true) + 2 * Math.max(pace.slice, pace.every);
  const turn = turnOf({ from: SAME, forSeconds: 15 * MINUTE, late, every: pace.every });
  return {
    scenario: "a ratio above 1, and then no longer",
    story: "15m after the ratio is above 1, not while it is 1, and ends when it is less",
    turn,
    endSeconds: seenBy(turn.back, stage, true) + 2 * Math.max(pace.slice, pace.every),
    groups,
    series: (until) => groups.map((group) => readings(ratio as GaugeSeries, { back: turn.back, until }, group, stage)),
  };
}

function readings(
  { metric, labels }: GaugeSeries,
  { back, until }: Readonly<Record<"back" | "until", number>>,
  group: Labels,
  stage: Stage,
): InputSeries {
  const { scrape } = stage.pace;
  const at = (seconds: number): number => (seconds <= SAME ? 1 : seconds <= back ? TOO_MUCH : 0);
  const values = Array.from({ length: Math.ceil(until / scrape) + 1 }, (_, index) => at(index * scrape));
  return { series: seriesName(metric, { ...targetOf(stage, group), ...group, ...labels }), values: runs(values) };
}
