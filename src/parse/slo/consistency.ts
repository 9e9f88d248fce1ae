/** What the fields of an SLO mean together: contradictions between fields that are sound by themselves. */

import { countsSlices, eventSlices } from "../../model/budgeting.ts";
import { isRolling } from "../../model/period.ts";
import type { Platform } from "../../model/service.ts";
import { isComposite, kindOf } from "../../sli/index.ts";
import type { Problem } from "../read/read.ts";
import type { ServiceFields } from "../service/service-schema.ts";
import { alertingProblems } from "./alerting-consistency.ts";
import { compositeContradictions } from "./composites.ts";
import { objectivesProblems } from "./objectives.ts";
import { shadowedLabels, strayTemplateLabels } from "./slo-labels.ts";
import type { SloFields } from "./slo-schema.ts";

/** Problems of fields that are sound by themselves. Paths are within the SLO. */
export function contradictions(fields: SloFields, service: Partial<ServiceFields>, platform: Platform): Problem[] {
  const groupLabels = [...fields.groupBy, ...platform.identity];
  return [
    ...countlessTime(fields),
    ...slicesOfSlices(fields),
    ...compositeContradictions(fields),
    ...manyPeriods(fields),
    ...guardedPeriods(fields),
    ...alertingProblems(fields, fields.window[0].seconds),
    ...objectivesProblems(fields.objectives, fields.groupBy, groupLabels),
    ...shadowedLabels(fields, service, groupLabels),
    ...strayTemplateLabels(fields, service, groupLabels),
  ];
}

/** A time without events has none that could be bad. */
function countlessTime(fields: SloFields): Problem[] {
  if (fields.noTraffic !== "bad" || countsSlices(fields)) return [];
  const message = `\`${fields.sli.kind}\` counts events, so a time without any cannot be bad.`;
  return [
    {
      code: "bad-value",
      path: ["noTraffic"],
      message,
      hint: "Leave it out, or count slices of time: `budgeting: timeSlices({ … })`, or a `gauge`, `throughput`, `probe` or `freshness` SLI.",
    },
  ];
}

/** Slices that a kind has judged already are not judged again. */
function slicesOfSlices(fields: SloFields): Problem[] {
  if (!eventSlices(fields) || kindOf(fields.sli).method === "events") return [];
  return [
    {
      code: "bad-value",
      path: ["budgeting"],
      message: `\`${fields.sli.kind}\` counts slices of time already.`,
      hint: "Leave `budgeting` out; the SLI's own `slice` says how long a slice is.",
    },
  ];
}

const ONE_WINDOW = 'Take `window: "30d"`, and give other windows to SLOs of their own.';

/** What depends on a group's own counts, or on the whole of one period. */
function guardedPeriods(fields: SloFields): Problem[] {
  const { window, objectives, exclude, alerting } = fields;
  const isPlain = hasOwnCounts(fields) && isOneRolling(window);
  return [
    ...(exclude.length > 0 && !hasOwnCounts(fields) ? [UNREACHABLE] : []),
    ...(objectives !== undefined && !isPlain ? [manyWindows(["objectives"], "objectives of single groups need")] : []),
    ...(alerting.threshold === "traffic" && !isPlain
      ? [manyWindows(["alerting", "threshold"], "a threshold that knows the traffic needs")]
      : []),
  ];
}

function isOneRolling([first, ...further]: SloFields["window"]): boolean {
  return isRolling(first) && further.length === 0;
}

function hasOwnCounts({ sli }: SloFields): boolean {
  return !isComposite(sli);
}

const UNREACHABLE: Problem = {
  code: "bad-value",
  path: ["exclude"],
  message: "exclusions do not reach a composite.",
  hint: "Declare them on the SLOs that count: its components.",
};

function manyWindows(path: Problem["path"], what: string): Problem {
  return {
    code: "bad-value",
    path,
    message: `${what} one rolling window over counts of the SLO's own.`,
    hint: ONE_WINDOW,
  };
}

/** Composites have no tiles of their own that a calendar or a second period could read. */
function manyPeriods({ window, sli }: SloFields): Problem[] {
  if (isOneRolling(window) || !isComposite(sli)) return [];
  return [
    {
      code: "bad-value",
      path: ["window"],
      message: "a composite has one rolling window.",
      hint: 'Write one, such as `window: "30d"`, and give the others to SLOs of their own.',
    },
  ];
}
