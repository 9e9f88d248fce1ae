/** A rule that may read what others record. */

export interface Reader {
  /** Where it is, as a part of a sentence; what was declared stands between back-ticks. */
  readonly place: string;
  /** PromQL. */
  readonly expr: string;
}
