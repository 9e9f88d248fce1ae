/** The first line of an SLO's dashboard: all of it is of one group. */
import { LEAST_COVERAGE } from "../../../compile/slo/alerts/broken.ts";
import type { Platform } from "../../../model/service.ts";
import { DAY } from "../../../time/units.ts";
import type { Line, Placed } from "../panels/arrange.ts";
import type { PanelBody } from "../panels/model.ts";
import {
  BAD,
  budgetSteps,
  burnSteps,
  CAREFUL,
  GOOD,
  NEUTRAL,
  noData,
  steps,
  urgencyMapping,
  urgencySteps,
  WORSE,
  word,
} from "../panels/palette.ts";
import { type Measured, stat } from "../panels/panels.ts";
import * as ask from "./one-slo.ts";

type Severities = Platform["severities"];

/** Six numbers of the chosen group, from "what is it" to "can I believe it". */
export function headline(severities: Severities): Line {
  const tiles = {
    state: stateTile(severities),
    budget: budgetTile,
    burn: burnTile,
    gone: goneTile,
    sli: sliTile,
    measured: measuredTile,
  };
  return { height: 5, panels: Object.entries(tiles).map(([name, body]): Placed => ({ name, width: 4, body })) };
}

/** Every tile says whose number it is. */
function tile(panel: Omit<Measured, "queries" | "named">, expr: string): PanelBody {
  const mappings = [...(panel.mappings ?? []), noData];
  return stat({ ...panel, mappings, named: true, queries: [{ expr, legend: "$slo $group" }] });
}

function stateTile(severities: Severities): PanelBody {
  return tile(
    {
      title: "State",
      description:
        "The most urgent alert that is firing for this group, for the SLO as a whole, or for targets of its jobs.",
      unit: "none",
      thresholds: urgencySteps,
      mappings: [urgencyMapping],
    },
    ask.state(severities),
  );
}

const budgetTile = tile(
  {
    title: "Budget left",
    description: "Share of the error budget that is left of the SLO's window. Below zero the objective is missed.",
    unit: "percentunit",
    decimals: 1,
    thresholds: budgetSteps,
  },
  ask.budgetLeft,
);

const burnTile = tile(
  {
    title: "Burn, last hour",
    description: "How many times faster than sustainable the budget is being spent: at 1× it just lasts.",
    unit: "suffix:×",
    decimals: 1,
    thresholds: burnSteps,
  },
  ask.burn,
);

const goneTile = tile(
  {
    title: "Budget gone in",
    description: "Time until the budget is spent if the burn of the last hour goes on.",
    unit: "s",
    decimals: 1,
    thresholds: steps([BAD, WORSE, CAREFUL], [DAY, 3 * DAY]),
    mappings: [word(ask.LASTS, "it lasts", GOOD)],
  },
  ask.goneIn,
);

const sliTile = stat({
  title: "SLI over the window, and the objective",
  description: "Good share over the SLO's window, beside the objective. Time that was not measured counts as good.",
  queries: [
    { expr: ask.sli, legend: "$slo $group" },
    { expr: ask.objective, legend: "objective" },
  ],
  unit: "percentunit",
  decimals: 3,
  thresholds: steps([NEUTRAL], []),
  mappings: [noData],
  named: true,
});

const measuredTile = tile(
  {
    title: "Measured",
    description:
      "Share of rule evaluations that ran in the last six hours, or since the first one. Below 90% SloBroken fires: do not trust the other numbers.",
    unit: "percentunit",
    decimals: 1,
    max: 1,
    thresholds: steps([BAD, GOOD], [LEAST_COVERAGE]),
  },
  ask.measured,
);
