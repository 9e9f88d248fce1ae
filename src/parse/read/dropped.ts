/**
 * What could be declared once and no longer can: an issue on an old declaration says what to write instead, and everything else
 * in it is still read.
 */
import { isRecord } from "./plain-data.ts";
import type { Problem } from "./read.ts";

/** A declaration without what was dropped, and a problem for each piece of it. */
export interface Kept {
  readonly kept: unknown;
  readonly problems: readonly Problem[];
}

/** Paths are within the SLO. */
export function withoutDropped(slo: unknown): Kept {
  return isRecord(slo)
    ? inOrder(slo, [rawWindows, sanity, meanOfSlices, recurrenceRules])
    : { kept: slo, problems: [] };
}

/** Paths are within the platform. */
export function withoutDroppedEnvironment(platform: unknown): Kept {
  return isRecord(platform) ? inOrder(platform, [prometheus2]) : { kept: platform, problems: [] };
}

type Fields = Readonly<Record<string, unknown>>;
type Step = (fields: Fields) => { readonly kept: Fields; readonly problems: readonly Problem[] };

function inOrder(fields: Fields, steps: readonly Step[]): Kept {
  return steps.reduce<ReturnType<Step>>(
    (so, step) => {
      const { kept, problems } = step(so.kept);
      return { kept, problems: [...so.problems, ...problems] };
    },
    { kept: fields, problems: [] },
  );
}

function rawWindows(slo: Fields): ReturnType<Step> {
  if (!("rawWindows" in slo)) return { kept: slo, problems: [] };
  const hint = "Leave it out: every window adds up what the rules have recorded.";
  return { kept: without(slo, "rawWindows"), problems: [dropped(["rawWindows"], "windows over raw series", hint)] };
}

function sanity(slo: Fields): ReturnType<Step> {
  const { alerting } = slo;
  if (!isRecord(alerting) || !("sanity" in alerting)) return { kept: slo, problems: [] };
  const hint =
    "Leave it out: the overview dashboard shows budgets that nothing touches and those that are always spent.";
  return {
    kept: { ...slo, alerting: without(alerting, "sanity") },
    problems: [dropped(["alerting", "sanity"], "the alert `SloSuspect`", hint)],
  };
}

function meanOfSlices(slo: Fields): ReturnType<Step> {
  const { budgeting } = slo;
  if (!isRecord(budgeting) || budgeting.kind !== "meanOfSlices") return { kept: slo, problems: [] };
  const slice = typeof budgeting.slice === "string" ? budgeting.slice : "5m";
  const hint = `Write \`budgeting: timeSlices({ slice: "${slice}", target: 99 })\` with a target of your own, or leave it out to count events.`;
  return { kept: without(slo, "budgeting"), problems: [dropped(["budgeting"], "the mean of slices", hint)] };
}

/** In the place of a rule stands a time long ago, so that the others keep their places. */
function recurrenceRules(slo: Fields): ReturnType<Step> {
  const { exclude } = slo;
  if (!Array.isArray(exclude)) return { kept: slo, problems: [] };
  const places = exclude.flatMap((each: unknown, at) => (isRecord(each) && "rrule" in each ? [at] : []));
  if (places.length === 0) return { kept: slo, problems: [] };
  return {
    kept: { ...slo, exclude: exclude.map((each, at) => (places.includes(at) ? LONG_AGO : each)) },
    problems: places.map((at) => dropped(["exclude", at, "rrule"], "recurrence rules", RULE_HINT)),
  };
}

const LONG_AGO = { reason: "dropped", from: "1970-01-01T00:00:00Z", to: "1970-01-01T00:01:00Z" };

const RULE_HINT =
  'Write `weekly: { on: "sunday", at: "02:00", for: "2h" }`, `monthly: { day: 1, at: "02:00", for: "2h" }`, or dates with `from` and `to`.';

function prometheus2(platform: Fields): ReturnType<Step> {
  if (platform.prometheus !== 2) return { kept: platform, problems: [] };
  const message = "the rules need Prometheus 3, whose ranges are open on the left.";
  const hint = "Upgrade Prometheus, or use a compatible ruler, and leave `prometheus` out.";
  return {
    kept: without(platform, "prometheus"),
    problems: [{ code: "dropped", path: ["prometheus"], message, hint }],
  };
}

function dropped(path: Problem["path"], what: string, hint: string): Problem {
  return { code: "dropped", path, message: `firebreak no longer has ${what}.`, hint };
}

function without(fields: Fields, key: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== key));
}
