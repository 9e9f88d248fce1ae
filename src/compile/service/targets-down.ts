/**
 * `SloTargetsDown`, once per service and job: its SLOs no longer have data, and targets are down. That is one fact about
 * a job, however many SLOs and groups lose their data.
 */

import type { Platform, Service, Severity } from "../../model/service.ts";
import type { Expr, Matcher, Selector } from "../../promql/ast.ts";
import { aggregate, binary, call, number, on, over, selector, subquery } from "../../promql/build.ts";
import { DEFAULT_LOOKBACK_MS, targetMatchers } from "../../sli/counting/target.ts";
import { kindOf } from "../../sli/index.ts";
import { HOUR_MS } from "../../time/units.ts";
import { alerts, namedAt } from "../alert-names.ts";
import { alertOf, type Watched } from "../alerting-rule.ts";
import { serviceLink } from "../annotations/dashboard-links.ts";
import { records } from "../names.ts";
import { type AlertingRule, pagesOnBurn, type RuleGroup, type SloPlan } from "../plan.ts";
import { type Had, silentNow, someLong, USUAL_SECONDS } from "./silent.ts";
import { ALL_DOWN, GONE, type Missing, SOME_DOWN, targetsDownTexts as texts } from "./targets-down-texts.ts";

/** One group for the service; none where no SLO has targets that are known. */
export function serviceGroups(service: Service, slos: readonly SloPlan[], platform: Platform): RuleGroup[] {
  const watched = slos.filter(hasTargets);
  const [first] = watched;
  if (!first) return [];
  return [
    {
      name: service.name,
      comment: "Service-wide alerts.",
      intervalSeconds: Math.min(...watched.map(({ measurement }) => measurement.intervalSeconds)),
      rules: targetsDownAlerts(service, watched, platform),
    },
  ];
}

/** Whether it is known which targets an SLO counts. */
export function hasTargets({ groups }: SloPlan): boolean {
  return groups.some(({ rules }) => rules.some((rule) => rule.type === "record" && rule.record === records.series));
}

function targetsDownAlerts(service: Service, slos: readonly SloPlan[], platform: Platform): AlertingRule[] {
  const alert = (reason: string, missing: Missing, comment: string, expr: Expr) =>
    alertOf(
      { ...shared(slos), ...texts(service, missing, jobLabels(platform)), comment, expr },
      watchedAs(reason, service, slos, platform),
      platform,
    );
  return [
    alert(
      "some-down",
      SOME_DOWN,
      `A group had traffic within the hour and has no data now, while a target of its job went down within the hour.${ofSeries(slos, LATELY)}`,
      someDown(service, slos, platform),
    ),
    alert(
      "all-down",
      ALL_DOWN,
      `A group had traffic within the period and has no data now, while no target of its job is up.${ofSeries(slos, IN_PERIOD)}`,
      allDown(service, slos, platform),
    ),
    ...(slos.some(pagesOnBurn)
      ? [
          alert(
            "gone",
            GONE,
            "A page fired within the hour; the SLO's job had targets then and has none now, so no errors are being counted.",
            goneWhileBurning(service, slos, platform),
          ),
        ]
      : []),
  ];
}

/** Groups that counted something within the hour. A slice ends, and two are missed: of 20m each, all of that was an hour ago. */
const LATELY: Had = {
  counted: (recorded) => within("sum_over_time", recorded(records.total)),
  seen: (recorded) => within("max_over_time", recorded(records.series)),
  longSeconds: 1200,
};

/** A job without targets has no series, whatever group they were of. */
const IN_PERIOD: Had = {
  counted: (recorded) => recorded(records.budgetRemaining),
  seen: (recorded) => recorded(records.budgetRemaining),
  longSeconds: USUAL_SECONDS,
};

function within(read: "sum_over_time" | "max_over_time", recorded: Selector): Expr {
  return binary(">", call(read, over(recorded, HOUR_MS)), number(0));
}

/** Whoever reads the rule looks for the total there. */
function ofSeries(slos: readonly SloPlan[], had: Had): string {
  return someLong(slos, had) ? " With long slices, an SLO has none where none of its series is left." : "";
}

function someDown(service: Service, slos: readonly SloPlan[], platform: Platform): Expr {
  const up = targetsOf(slos);
  const downBefore = binary("==", { ...up, offsetMs: HOUR_MS }, number(0));
  const down = binary("unless", binary("==", up, number(0)), downBefore);
  return binary("and", silentJobs(LATELY, service, slos, platform), down, onJob(platform));
}

function allDown(service: Service, slos: readonly SloPlan[], platform: Platform): Expr {
  return binary("and", silentJobs(IN_PERIOD, service, slos, platform), noneUp(slos, platform), onJob(platform));
}

function noneUp(slos: readonly SloPlan[], platform: Platform): Expr {
  return binary("==", aggregate("max", jobLabels(platform), targetsOf(slos)), number(0));
}

/** A job that leaves service discovery during an incident may be dead or scaled to zero: the burn ends, but that is not a recovery. */
function goneWhileBurning(service: Service, slos: readonly SloPlan[], platform: Platform): Expr {
  const tiers = slos.flatMap((slo) => slo.tiers.filter(({ severity }) => severity === "page"));
  const names = [...new Set(tiers.map(({ name }) => name))].sort().join("|");
  const pages = selector("ALERTS", { alertstate: "firing", ...idOf(service) });
  const paged: Selector = { ...pages, matchers: [...pages.matchers, { label: "tier", op: "=~", value: names }] };
  const vanished = binary("==", selector(records.series, idOf(service)), number(0));
  const silent = outsideExclusions(vanished, service, slos);
  const afterPage = binary("and", silent, call("last_over_time", over(paged, HOUR_MS)), onSlo(platform));
  const jobs = aggregate("group", ["slo_service", ...jobLabels(platform)], afterPage);
  const up = targetsOf(slos);
  const before = call("last_over_time", subquery(up, HOUR_MS, DEFAULT_LOOKBACK_MS));
  return binary("unless", binary("and", jobs, before, onJob(platform)), up, onJob(platform));
}

/** The jobs behind SLOs of which some group, or all of them, had data and has none now. */
function silentJobs(had: Had, service: Service, slos: readonly SloPlan[], platform: Platform): Expr {
  const silent = silentNow(service.name, slos, had, onSlo(platform));
  const jobs = binary("and", selector(records.series, idOf(service)), silent, onSlo(platform));
  return aggregate("group", ["slo_service", ...jobLabels(platform)], outsideExclusions(jobs, service, slos));
}

/** In an exclusion nothing is counted, and targets may be down. */
function outsideExclusions(jobs: Expr, service: Service, slos: readonly SloPlan[]): Expr {
  if (slos.every(({ slo }) => slo.exclusions.length === 0)) return jobs;
  const excluded = binary("==", selector(records.excluded, idOf(service)), number(1));
  return binary("unless", jobs, excluded, on("slo"));
}

/** `up` of the jobs that the SLOs name; of everything, where one of them names none. */
function targetsOf(slos: readonly SloPlan[]): Selector {
  const named = slos.map(jobMatchers);
  const [first = []] = named;
  const same = named.every((matchers) => JSON.stringify(matchers) === JSON.stringify(first));
  if (same) return { ...selector("up"), matchers: first };
  const jobs = named.map((matchers) => matchers.find(({ label, op }) => label === "job" && op === "=")?.value);
  if (jobs.some((job) => job === undefined)) return selector("up");
  const pattern = [...new Set(jobs)].sort().join("|");
  return /^[\w|-]+$/.test(pattern)
    ? { ...selector("up"), matchers: [{ label: "job", op: "=~", value: pattern }] }
    : selector("up");
}

function jobMatchers({ slo, measurement }: SloPlan): readonly Matcher[] {
  const { totalSeries } = kindOf(slo.sli).counts(slo.sli, measurement.base);
  return totalSeries ? targetMatchers(totalSeries, measurement.base) : [];
}

function shared(slos: readonly SloPlan[]) {
  const severity: Severity = slos.some(pagesOnBurn) ? "page" : "ticket";
  return {
    ...namedAt(alerts.targetsDown, severity),
    forSeconds: Math.min(...slos.map(({ slo }) => slo.absence.forSeconds)),
    keepFiringForSeconds: 600,
  };
}

function watchedAs(reason: string, service: Service, [first]: readonly SloPlan[], platform: Platform): Watched {
  return {
    id: idOf(service),
    owner: service.owner,
    labels: { ...service.labels, reason },
    links: { runbook: first?.links.runbook, dashboard: first && serviceLink(first.slo.service, platform) },
  };
}

function idOf({ name }: Service): { readonly slo_service: string } {
  return { slo_service: name };
}

/** Labels that tell jobs apart. */
function jobLabels({ identity }: Platform): string[] {
  return ["job", ...[...identity].filter((label) => label !== "job").sort()];
}

function onSlo({ identity }: Platform) {
  return on("slo", ...[...identity].sort());
}

function onJob(platform: Platform) {
  return on(...jobLabels(platform));
}
