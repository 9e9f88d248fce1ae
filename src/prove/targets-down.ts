/** `SloTargetsDown`, once for a service: one of two targets dies, then the other, then both are back. */
import type { ServicePlan } from "../compile/plan.ts";
import type { Platform } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { sorted, turnOf } from "./absence.ts";
import { type Expected, fires, firesWith, notYet, silent } from "./alerts.ts";
import { type AlertId, MOST_EVALUATIONS, type Proof, type Proven } from "./proof.ts";
import { lateSeconds, type Subject, seriesOf, subjectOf, targetOf, upSeries } from "./subject.ts";
import { tiersOf } from "./tiers.ts";
import type { Phase } from "./timeline.ts";

const [MINUTE, HOUR] = [60, 3600];

export function proveTargetsDown(plan: ServicePlan, platform: Platform): Proven {
  const ids = plan.alerts.map(({ alert, labels }) => ({ alert, tier: labels.tier ?? "", reason: labels.reason ?? "" }));
  if (ids.length === 0) return { proofs: [], notProven: [] };
  const fit = plan.slos.map(subjectOf).filter(isFit);
  const subject = fit.find(({ history }) => history.type !== "gauge") ?? fit[0];
  const proof = subject ? bothDie(subject, ids, plan, platform) : undefined;
  if (proof && proof.untilSeconds / proof.everySeconds <= MOST_EVALUATIONS) return sorted([proof]);
  const why = proof ? "it waits too long" : "no SLO of the service is without data when its targets are down";
  return { proofs: [], notProven: ids.map((id) => ({ ...id, why })) };
}

function isFit(subject: Subject | string): subject is Subject {
  if (typeof subject !== "object" || !subject.slo.absence.noData || subject.slo.noTraffic !== "ignore") return false;
  return subject.history.series.every(({ metric }) => metric !== "up");
}

const BEGIN = 12 * MINUTE;
/** An alert that paged goes on for so long, so that targets that come and go page once. */
const KEPT = 10 * MINUTE;

interface Times {
  readonly some: ReturnType<typeof turnOf>;
  readonly all: ReturnType<typeof turnOf>;
  readonly forgotten: number;
  readonly back: number;
  readonly end: number;
}

/** The first target dies at the beginning; the second when that has been told; both are back when the first is forgotten. */
function timesOf(subject: Subject, forSeconds: number): Times {
  const { every, slice } = subject.pace;
  // A slice is known until it ends, and the one before it is not forgotten at once.
  const late = lateSeconds(subject, false) + (subject.history.type === "gauge" ? 2 * slice : 0);
  const some = turnOf({ from: BEGIN, forSeconds, late, every });
  const all = turnOf({ from: some.back, forSeconds, late, every });
  const up = (seconds: number): number => Math.ceil(seconds / every) * every;
  const forgotten = Math.max(up(BEGIN + HOUR + late + KEPT + 4 * every), all.back);
  const back = forgotten + 4 * every;
  return { some, all, forgotten, back, end: up(back + late + KEPT + 4 * every) };
}

function bothDie(subject: Subject, ids: readonly AlertId[], plan: ServicePlan, platform: Platform): Proof {
  const { pace } = subject;
  const times = timesOf(subject, Math.min(...plan.slos.map(({ slo }) => slo.absence.forSeconds)));
  const { some, all, forgotten, back, end } = times;
  const phases: Phase[] = [
    { seconds: BEGIN, bad: 0, units: 1000 },
    { seconds: back - BEGIN, bad: 0, units: 0, there: false },
    { seconds: 0, bad: 0, units: 1000 },
  ];
  const [someDown, allDown] = ["some-down", "all-down"].map((reason) => expectedIn(reason, subject, plan, platform));
  return {
    scenario: "one target dies, then the other, then both are back",
    subject: plan.service.name,
    story: `the page comes ${printSeconds(some.first - BEGIN)} after the one whose series are gone, and, when that is old, goes on for both`,
    everySeconds: pace.scrape,
    untilSeconds: end,
    series: (until) => [...targets(times, until, subject), ...seriesOf(phases, until, subject)],
    claims: [
      notYet(someDown as Expected, some.before),
      firesWith(someDown as Expected, [{}], some.first),
      notYet(allDown as Expected, all.before),
      firesWith(allDown as Expected, [{}], all.first),
      silent(someDown as Expected, forgotten),
      fires(allDown as Expected, 1, back),
      silent(allDown as Expected, end),
    ],
    proves: ids,
    alone: true,
  };
}

function targets({ some, back }: Times, until: number, subject: Subject) {
  const { scrape } = subject.pace;
  const values = (dies: number): number[] =>
    Array.from({ length: Math.ceil(until / scrape) + 1 }, (_, index) =>
      Number(index * scrape <= dies || index * scrape > back),
    );
  const target = targetOf(subject, subject.groups[0] ?? {});
  return [upSeries(values(BEGIN), target), upSeries(values(some.back), { ...target, instance: "two" })];
}

function expectedIn(reason: string, subject: Subject, { service, slos }: ServicePlan, platform: Platform): Expected {
  const { instance: _, ...job } = targetOf(subject, subject.groups[0] ?? {});
  const pages = slos.some(({ slo, alerts }) => {
    const sent = new Set(alerts.map(({ alert }) => alert));
    return tiersOf(slo).some((tier) => tier.severity === "page" && sent.has(tier.alert));
  });
  const severity = pages ? "page" : "ticket";
  const own = { tier: "targets-down", severity: platform.severities[severity], owner: service.owner, reason };
  return {
    alertname: pages ? "SloTargetsDown" : "SloTargetsDownTicket",
    labels: { ...service.labels, slo_service: service.name, ...job, ...own },
  };
}
