/** What an error budget counts: events, or slices of time that are judged by their events. */

/** A budgeting method, read. `badShare`: the share of bad events up to which a slice is good. */
export type Budgeting =
  | { readonly kind: "events" }
  | {
      readonly kind: "timeSlices";
      readonly sliceSeconds: number;
      readonly targetPercent: number;
      readonly badShare: number;
    };
