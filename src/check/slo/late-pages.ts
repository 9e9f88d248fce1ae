/** How long a service can fail completely before anybody is paged: a loose objective makes every page wait. */
import { type Plan, pageTiers, type ServicePlan, type SloPlan } from "../../compile/plan.ts";
import { pagesWithinSeconds } from "../../explain/delays.ts";
import { printTime } from "../../explain/words.ts";
import type { Issue } from "../../issue.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printPercent } from "../../promql/number.ts";
import { MINUTE } from "../../time/units.ts";
import type { Check } from "../check.ts";
import { sloIssue } from "../walk.ts";

/**
 * Users report an outage within half an hour, so a page after that is of no use. The default tiers page within ten minutes
 * at 99%, and within this at 97%.
 */
const LATE = 30 * MINUTE;

export const latePages: Check = {
  name: "late pages",
  check: (plan) => plan.services.flatMap((service) => issuesOf(plan, service)),
};

/** A loose SLO beside one that pages in time is common, such as 95% of answers within a second beside 99.9% without error. */
function issuesOf(plan: Plan, service: ServicePlan): Issue[] {
  const first = firstToPage(plan, service);
  return first === undefined || first.seconds <= LATE ? [] : [issueOf(service, first)];
}

interface First {
  readonly slo: SloPlan;
  readonly seconds: number;
}

/** Without those that page nobody: that may be meant, and `few-events` knows where it is not. */
function firstToPage(plan: Plan, { slos }: ServicePlan): First | undefined {
  const paging = slos.flatMap((slo) => {
    const seconds = pagesWithinSeconds(plan, slo);
    return seconds === undefined ? [] : [{ slo, seconds }];
  });
  return paging.sort((a, b) => a.seconds - b.seconds)[0];
}

function issueOf({ service }: ServicePlan, { slo, seconds }: First): Issue {
  const fact = `a complete outage of ${service.name} lasts ${printTime(seconds)} before anybody is paged: \`${slo.slo.id}\` is the first to page`;
  if (!isHelpedByObjective(slo, seconds))
    return sloIssue(slo, { code: "pages-late", at: [], message: `${fact}.`, hint: HELD_HINT });
  const tiers = pageTiers(slo).map((tier) => `${printPercent(tier.threshold)} of ${printSeconds(tier.longSeconds)}`);
  return sloIssue(slo, {
    code: "pages-late",
    at: ["objective"],
    message: `${fact}, once more than ${tiers.join(" or ")} was bad.`,
    hint: "Raise the objective, or declare `alerting.tiers` with a page whose long window is shorter; or add an SLO with a higher objective to the service.",
  });
}

/** Whether it would page in time without waiting for a threshold: what slices, `for` and `minBad` add stays at any objective. */
function isHelpedByObjective(slo: SloPlan, seconds: number): boolean {
  const waits = pageTiers(slo).map(({ threshold, longSeconds }) => threshold * longSeconds);
  return seconds - Math.min(...waits) <= LATE;
}

const HELD_HINT =
  "Use shorter slices, lower `minBad` or `minEvents`, or shorten the `for` of a page; or add an SLO that pages sooner to the service.";
