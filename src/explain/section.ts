/** What an explanation is made of. */
import type { ExperimentFigures, SloFigures, SpendFigures } from "./figures.ts";

/** One SLO, budget or experiment, explained. */
export interface Explanation {
  /** As `service/name`. */
  readonly id: string;
  /** The numbers of it, with their units in their names. */
  readonly figures: SloFigures | SpendFigures | ExperimentFigures;
  readonly sections: readonly Section[];
}

/** Rows of cells; where `head` is given, the first row names the columns. */
export interface Section {
  readonly title: string;
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
