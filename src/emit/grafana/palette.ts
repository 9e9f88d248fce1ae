/** Colours with meanings. Grafana's names, so that light and dark themes each choose their shade. */
import type { FieldColor, MappedValue, Mapping, Step, Thresholds } from "./model.ts";

export const GOOD = "green";
export const CAREFUL = "yellow";
export const WORSE = "orange";
export const BAD = "red";
export const NEUTRAL = "blue";

/** One colour per burn-rate tier, fastest first: a line and its threshold share it. */
const TIER_COLOURS = ["red", "orange", "yellow", "blue", "purple", "green"] as const;

export function tierColour(index: number): string {
  return TIER_COLOURS[index % TIER_COLOURS.length] ?? NEUTRAL;
}

/** How urgent, from quiet to page: the numbers of the alert panels. */
export const URGENCY = { quiet: 0, pending: 1, info: 2, ticket: 3, page: 4 } as const;

/** What the numbers of the alert panels say. */
export const urgencyMapping: Mapping = {
  type: "value",
  options: {
    [URGENCY.quiet]: mapped("quiet", GOOD, 0),
    [URGENCY.pending]: mapped("pending", CAREFUL, 1),
    [URGENCY.info]: mapped("info", NEUTRAL, 2),
    [URGENCY.ticket]: mapped("ticket", WORSE, 3),
    [URGENCY.page]: mapped("page", BAD, 4),
  },
};

/** `[0, 0.25]`: one colour below the first bound, the next from it on. */
export function steps(colours: readonly string[], bounds: readonly number[]): Thresholds {
  const all = colours.map((color, index): Step => ({ color, value: index === 0 ? null : (bounds[index - 1] ?? null) }));
  return { mode: "absolute", steps: all };
}

/** Budget left: red when it is gone, orange in the last quarter. */
export const budgetSteps = steps([BAD, WORSE, CAREFUL, GOOD], [0, 0.25, 0.5]);

/** Burn rate: at 1× the budget just lasts; pages start at 6× or above. */
export const burnSteps = steps([GOOD, CAREFUL, WORSE, BAD], [1, 3, 6]);

export function fixed(color: string): FieldColor {
  return { mode: "fixed", fixedColor: color };
}

/** What stands where there is no value. */
export function whenEmpty(text: string, color: string = NEUTRAL): Mapping {
  return { type: "special", options: { match: "null+nan", result: mapped(text, color, 0) } };
}

function mapped(text: string, color: string, index: number): MappedValue {
  return { text, color, index };
}
