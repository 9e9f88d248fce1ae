/** How long a group counts that has no data any more. */
import { HOUR, MINUTE } from "../../../time/units.ts";
import type { Stage } from "../stage.ts";

/** Groups without data count for an hour more, where that is bad or good; in steps of five minutes. */
export function rememberedSeconds(stage: Stage): number {
  return fillsSlices(stage) ? HOUR - LOOK : 0;
}

/** How much later it may be. */
export function memoryStepSeconds(stage: Stage): number {
  return fillsSlices(stage) ? LOOK : 0;
}

/** Whether a slice without data counts: events that did not happen never do. */
export function fillsSlices({ slo, history }: Pick<Stage, "slo" | "history">): boolean {
  return history.type === "gauge" && slo.noTraffic !== "ignore";
}

const LOOK = 5 * MINUTE;
