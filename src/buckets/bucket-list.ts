/** One list of bucket boundaries, as a version of a system exposes it. */

export interface BucketList {
  readonly system: string;
  /** The word by which `version` options choose it: `v1`. */
  readonly version: string;
  /** Which releases that is, for people. */
  readonly releases: string;
  /** Where it was read: a file of the system's repository, or a page. */
  readonly source: string;
  /** Base names of the histograms that have it. */
  readonly histograms: readonly string[];
  /** Rising, in the histogram's unit. */
  readonly boundaries: readonly number[];
  /** Counts only when its version is asked for: the name is that of another system, too, and means that one. */
  readonly onlyWhenAsked?: true;
}
