/** One SLO as its panels see it: the plan, the words of the platform, and what several panels say alike. */
import type { SloPlan } from "../../compile/plan.ts";
import { periodPhrase } from "../../model/period.ts";
import type { Platform } from "../../model/service.ts";
import { printNumber } from "../../promql/number.ts";
import { objectiveWords } from "../runbooks/figures.ts";
import { fastestWindow } from "../runbooks/recorded.ts";
import { plainUrl } from "./escape.ts";
import { groupLegend } from "./groups.ts";
import type { DataLink } from "./model.ts";

export interface SloView {
  readonly plan: SloPlan;
  /** What `severity` is called on emitted alerts. */
  readonly severities: Platform["severities"];
  /** To the runbook, on every panel that may be the first one looked at. */
  readonly links: readonly DataLink[];
  /** `30d`, or `a calendar month (UTC+01:00)`. */
  readonly window: string;
  /** `99.9%`. */
  readonly objective: string;
  /** Legend of a series that stands for one group. */
  readonly legend: string;
  /** Decimals of an SLI in percent: two more than the objective has, so that the budget can be seen to move. */
  readonly decimals: number;
  /** The long window that reacts first, in seconds: an hour where nothing alerts. */
  readonly fastSeconds: number;
}

/** What the panels of an SLO need to know. */
export function viewSlo(plan: SloPlan, platform: Platform): SloView {
  const { slo, links } = plan;
  return {
    plan,
    severities: platform.severities,
    links: links.runbook === undefined ? [] : [{ title: "Runbook", url: plainUrl(links.runbook), targetBlank: true }],
    window: periodPhrase(slo.periods[0]),
    objective: objectiveWords(plan),
    legend: groupLegend(plan.groupLabels, slo.name),
    decimals: Math.min(fractionDigits(slo.objectivePercent) + 2, 6),
    fastSeconds: fastestWindow(plan),
  };
}

/** Whether one line is all there is: it has a colour with a meaning, and the room below it may be filled. */
export function oneGroup({ plan }: SloView): boolean {
  return plan.groupLabels.length === 0;
}

/** Of the worst group, where there are several. */
export function worstOf(view: SloView): string {
  return oneGroup(view)
    ? ""
    : ` Where several ${view.plan.groupLabels.join(" / ")} are chosen above: the worst of them.`;
}

function fractionDigits(value: number): number {
  return printNumber(value).split(".")[1]?.length ?? 0;
}
