/** Whether a window holds enough events for its budget to mean anything: below ten bad ones, each is a large part of it. */

import type { SloPlan } from "../../compile/plan.ts";
import { eventsInWindow } from "../../compile/tiers/volume-maths.ts";
import type { Issue } from "../../issue.ts";
import { eventSlices, sliceSecondsOf } from "../../model/budgeting.ts";
import { periodPhrase } from "../../model/period.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printPercent } from "../../promql/number.ts";
import { isComposite, kindOf } from "../../sli/index.ts";
import { DAY } from "../../time/units.ts";
import type { Check } from "../check.ts";
import { sloIssue, slosOf } from "../walk.ts";

const FEWEST_BAD_EVENTS = 10;

export const fewEvents: Check = {
  name: "few-events",
  check: (plan) => slosOf(plan).flatMap((slo) => [...checkBudget(slo), ...silenced(slo)]),
};

function checkBudget(plan: SloPlan): Issue[] {
  const { eventsPerDay, windowSeconds, errorBudget } = plan.slo;
  if (eventsPerDay === undefined) return spentAtOnce(plan);
  const slices = eventSlices(plan.slo);
  if (slices) {
    const inSlice = (eventsPerDay * slices.sliceSeconds * slices.badShare) / DAY;
    return inSlice >= 1 ? [] : [touchy(plan, slices.sliceSeconds)];
  }
  const allowed = (eventsPerDay * windowSeconds * errorBudget) / DAY;
  return allowed >= FEWEST_BAD_EVENTS ? onePages(plan, eventsPerDay) : [tooFew(plan, allowed)];
}

/**
 * A budget that is less of the window than one look at it: a tenth of a scrape interval where events are counted, since
 * an outage may be of a part of them, and the whole interval where each look is good or bad.
 */
function spentAtOnce(plan: SloPlan): Issue[] {
  const { sli, windowSeconds, errorBudget, scrapeSeconds } = plan.slo;
  if (isComposite(sli)) return [];
  const seconds = windowSeconds * errorBudget;
  const countsEvents = kindOf(sli).method === "events";
  if (seconds >= (countsEvents ? scrapeSeconds / 10 : scrapeSeconds)) return [];
  return [
    sloIssue(plan, {
      code: "few-events",
      at: ["objective"],
      message: `the budget is ${Number(seconds.toPrecision(2))} s of full outage in ${periodPhrase(plan.slo.periods[0])}, and targets are scraped every ${printSeconds(scrapeSeconds)}: one bad scrape spends all of it.`,
      hint: `Lower the objective.${countsEvents ? BY_EVENTS : ""}`,
    }),
  ];
}

const BY_EVENTS =
  " If it is what you promise, declare `eventsPerDay`: then the budget is judged by its number of events.";

/** A page's long window with so few events that one bad one is too large a share of them. */
function onePages(plan: SloPlan, eventsPerDay: number): Issue[] {
  const { errorBudget, minBad = 1, minEvents = 0 } = plan.slo;
  const touchyTier = plan.tiers.find(({ severity, burn, longSeconds }) => {
    const events = (eventsPerDay * longSeconds) / DAY;
    return severity === "page" && minBad <= 1 && events >= minEvents && burn * errorBudget * events < 1;
  });
  if (!touchyTier) return [];
  const events = Number(((eventsPerDay * touchyTier.longSeconds) / DAY).toPrecision(2));
  return [
    sloIssue(plan, {
      code: "few-events",
      at: ["eventsPerDay"],
      message: `${printSeconds(touchyTier.longSeconds)} has ${events} events, so a single bad event fires the page \`${touchyTier.name}\`.`,
      hint: `${minBadHint(plan)}; or lower the objective, or group by fewer labels.`,
    }),
  ];
}

/** What is no number of failures has no `minBad` to begin with. */
function minBadHint({ slo: { sli, minBad } }: SloPlan): string {
  if (minBad !== undefined) return "Remove `minBad`, which is 2 by default, or declare `minEvents`";
  return kindOf(sli).countsFailures === false ? "Declare `minEvents`" : "Declare `minBad: 2`, or declare `minEvents`";
}

/**
 * Whether no long window of a page, or of a ticket where nothing pages, ever holds as much as `minEvents` or `minBad` ask
 * for. That a faster tier is silent in favour of a slower one may be meant.
 */
function silenced(plan: SloPlan): Issue[] {
  const { minBad = 0, minEvents = 0 } = plan.slo;
  const field = minEvents >= minBad ? "minEvents" : "minBad";
  const needed = Math.max(minEvents, minBad);
  const { perDay, noun } = countedPerDay(plan);
  if (perDay === undefined || needed <= DEFAULT_MIN_BAD) return [];
  const held = (longSeconds: number): number => eventsInWindow({ eventsPerDay: perDay, longSeconds });
  const silent = plan.tiers.filter(({ longSeconds }) => held(longSeconds) < needed);
  const pages = plan.tiers.filter(({ severity }) => severity === "page");
  const loudest = pages.length > 0 ? pages : plan.tiers;
  if (silent.length === 0 || loudest.some((tier) => !silent.includes(tier))) return [];
  const longSeconds = Math.max(...loudest.map((tier) => tier.longSeconds));
  const most = Number(held(longSeconds).toPrecision(2));
  const names = silent.map(({ name }) => `\`${name}\``).join(", ");
  return [
    sloIssue(plan, {
      code: "few-events",
      at: [field],
      message: `${printSeconds(longSeconds)} has ${most} ${noun}, fewer than \`${field}: ${needed}\`: ${names} cannot fire, even if everything fails.`,
      hint: `Lower \`${field}\`, or declare tiers with longer windows.`,
    }),
  ];
}

/** What `minEvents` and `minBad` count, in a day; of events it is known only where it is declared. */
function countedPerDay({ slo }: SloPlan): { readonly perDay: number | undefined; readonly noun: string } {
  const slice = sliceSecondsOf(slo);
  return slice === undefined ? { perDay: slo.eventsPerDay, noun: "events" } : { perDay: DAY / slice, noun: "slices" };
}

/** Nobody has asked for it. */
const DEFAULT_MIN_BAD = 2;

function tooFew(plan: SloPlan, allowed: number): Issue {
  return sloIssue(plan, {
    code: "few-events",
    at: ["eventsPerDay"],
    message: `the budget is ${Number(allowed.toPrecision(2))} bad events in ${periodPhrase(plan.slo.periods[0])}: ${spentByOne(allowed)}.`,
    hint: "Lower the objective, use a longer window, group by fewer labels, or add probes as traffic.",
  });
}

function spentByOne(allowed: number): string {
  return allowed <= 1
    ? "a single one spends all of it"
    : `each one spends ${printPercent(Number((1 / allowed).toPrecision(2)))} of it`;
}

function touchy(plan: SloPlan, sliceSeconds: number): Issue {
  return sloIssue(plan, {
    code: "few-events",
    at: ["eventsPerDay"],
    message: `a slice of ${printSeconds(sliceSeconds)} has so few events that a single bad one makes it bad.`,
    hint: "Use longer slices or a lower slice target, or remove `budgeting`, so that the budget counts events.",
  });
}
