/** Colours with meanings. Grafana's names, so that light and dark themes each choose their shade. */
import { VERDICTS } from "../../../compile/names.ts";
import type { FieldColor, MappedValue, Mapping, Step, Thresholds } from "./model.ts";

export const GOOD = "green";
export const CAREFUL = "yellow";
export const WORSE = "orange";
export const BAD = "red";
export const NEUTRAL = "blue";
export const UNKNOWN = "purple";

/** How urgent, from quiet to page: the numbers of the alert panels. */
export const URGENCY = { unknown: -1, quiet: 0, pending: 1, info: 2, ticket: 3, page: 4 } as const;

/** What the numbers of the alert panels say. */
export const urgencyMapping: Mapping = {
  type: "value",
  options: {
    [URGENCY.unknown]: mapped("no data", UNKNOWN, 5),
    [URGENCY.quiet]: mapped("quiet", GOOD, 0),
    [URGENCY.pending]: mapped("pending", CAREFUL, 1),
    [URGENCY.info]: mapped("info", NEUTRAL, 2),
    [URGENCY.ticket]: mapped("ticket", WORSE, 3),
    [URGENCY.page]: mapped("page", BAD, 4),
  },
};

/** Their colours. */
export const urgencySteps = steps(
  [UNKNOWN, GOOD, CAREFUL, NEUTRAL, WORSE, BAD],
  [URGENCY.quiet, URGENCY.pending, URGENCY.info, URGENCY.ticket, URGENCY.page],
);

/** `[0, 0.25]`: one colour below the first bound, the next from it on. */
export function steps(colours: readonly string[], bounds: readonly number[]): Thresholds {
  const all = colours.map((color, index): Step => ({ color, value: index === 0 ? null : (bounds[index - 1] ?? null) }));
  return { mode: "absolute", steps: all };
}

/** Budget left: red when it is gone, orange in the last quarter. */
export const budgetSteps = steps([BAD, WORSE, CAREFUL, GOOD], [0, 0.25, 0.5]);

/** Share of a limit: orange from four fifths, red when it is reached. */
export const shareSteps = steps([GOOD, CAREFUL, WORSE, BAD], [0.5, 0.8, 1]);

/** Burn rate: at 1× the budget just lasts; pages start at 6× or above. */
export const burnSteps = steps([GOOD, CAREFUL, WORSE, BAD], [1, 3, 6]);
/** The same as lines in a graph: the burns of the four default tiers. */
export const tierSteps = steps([GOOD, CAREFUL, WORSE, BAD, BAD], [1, 3, 6, 14.4]);

export function fixed(color: string): FieldColor {
  return { mode: "fixed", fixedColor: color };
}

/** What stands where there is no value: never in the colour of what is healthy. */
export const noData: Mapping = {
  type: "special",
  options: { match: "null+nan", result: mapped("no data", UNKNOWN, 9) },
};

/** What the numbers of `experiment:verdict` say. */
export const verdictMapping: Mapping = {
  type: "value",
  options: {
    [VERDICTS.tooFew]: mapped("too few", NEUTRAL, 0),
    [VERDICTS.same]: mapped("no difference", NEUTRAL, 1),
    [VERDICTS.better]: mapped("better", GOOD, 2),
    [VERDICTS.worse]: mapped("worse", BAD, 3),
  },
};

/** A word for one number. */
export function word(value: number, text: string, color: string): Mapping {
  return { type: "value", options: { [value]: mapped(text, color, 0) } };
}

function mapped(text: string, color: string, index: number): MappedValue {
  return { text, color, index };
}
