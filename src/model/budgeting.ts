/** What an error budget counts: what its SLI counts, or slices of time that are judged by their events. */
import { kindOf, ownSliceSeconds, type Sli } from "../sli/index.ts";

/** A budgeting method, read. */
export type Budgeting = { readonly kind: "events" } | EventSlices;

/** Slices of time, each good or bad by its events. */
export interface EventSlices {
  readonly kind: "timeSlices";
  readonly sliceSeconds: number;
  readonly targetPercent: number;
  /** The share of bad events up to which a slice is good. */
  readonly badShare: number;
}

interface Counting {
  readonly budgeting: Budgeting;
  readonly sli: Sli;
}

/** The slices whose events are judged; undefined where the budget counts what the SLI does. */
export function eventSlices({ budgeting }: Pick<Counting, "budgeting">): EventSlices | undefined {
  return budgeting.kind === "timeSlices" ? budgeting : undefined;
}

/** Seconds of the slices that the budget counts, be they judged by events or the SLI's own; undefined where it counts events. */
export function sliceSecondsOf(slo: Counting): number | undefined {
  return eventSlices(slo)?.sliceSeconds ?? ownSliceSeconds(slo.sli);
}

/** Whether the budget counts slices of time, and not events. */
export function countsSlices(slo: Counting): boolean {
  return eventSlices(slo) !== undefined || kindOf(slo.sli).method === "slices";
}
