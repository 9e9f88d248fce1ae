/** How much there is of what an SLO counts: its traffic against what is declared, its groups, and how often it is scraped. */

import { pageTiers, type SloPlan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import type { Selector } from "../promql/ast.ts";
import { printSeconds } from "../promql/duration.ts";
import { print } from "../promql/print.ts";
import { printLabel } from "../promql/print-selector.ts";
import { isNativeHistogram } from "../sli/index.ts";
import { DAY } from "../time/units.ts";
import { activeTargets } from "./ask/answers.ts";
import type { Connection } from "./ask/no-answer.ts";
import { ask } from "./ask/prometheus.ts";
import { sampleOf, vectorOf } from "./ask/queries.ts";
import { secondsOf } from "./ask/time.ts";

/** What is scraped, and how often. */
export interface Target {
  readonly labels: Readonly<Record<string, string>>;
  /** Where the server says so. */
  readonly scrapeInterval?: string;
}

/** @param counter - What counts the total. */
export async function examineVolume(
  plan: SloPlan,
  counter: Selector,
  targets: readonly Target[],
  to: Connection,
): Promise<Issue[]> {
  return [
    ...(await traffic(plan, counter, to)),
    ...(await cardinality(plan, counter, to)),
    ...(await scrapes(plan, counter, targets, to)),
  ];
}

/**
 * All of them, for every SLO: there may be thousands.
 *
 * @throws {NoAnswer} where the server does not say.
 */
export async function askTargets(to: Connection): Promise<readonly Target[]> {
  return (await ask(to, "targets", activeTargets, { state: "active" })).activeTargets;
}

/** Nine tenths of those that a day has. */
const MOST_LOOKS = 0.9 * 288;

async function traffic(plan: SloPlan, counter: Selector, to: Connection): Promise<Issue[]> {
  const { slo } = plan;
  const rate = `sum(rate(${print(counter)}[1d]))`;
  // Of less than a day, the hours of the night or of a launch would count as all.
  const wholeDay = `count_over_time((count(${print(counter)}))[1d:5m]) > ${MOST_LOOKS}`;
  const perDay = await sampleOf(
    to,
    `${isNativeHistogram(slo.sli) ? `histogram_count(${rate})` : rate} * 86400 and ${wholeDay}`,
  );
  if (perDay === undefined) return [];
  const volumeIssue = (field: string, message: string, hint: string): Issue =>
    issue("traffic-differs", [...slo.path, field], message, hint, slo.source);
  const [page] = pageTiers(plan);
  const inWindow = (perDay * (page?.longSeconds ?? 0)) / DAY;
  const silent = page !== undefined && slo.minEvents !== undefined && inWindow < slo.minEvents;
  const differs = slo.eventsPerDay !== undefined && (perDay > 5 * slo.eventsPerDay || perDay < slo.eventsPerDay / 5);
  return [
    ...(silent
      ? [
          volumeIssue(
            "minEvents",
            `${printSeconds(page.longSeconds)} have ${round(inWindow)} events, and ${page.name} needs ${slo.minEvents}: it is silent.`,
            "Lower `minEvents`, or lengthen the window.",
          ),
        ]
      : []),
    ...(differs
      ? [
          volumeIssue(
            "eventsPerDay",
            `there are ${round(perDay)} events a day, and ${slo.eventsPerDay} are declared.`,
            `Declare ${round(perDay)}.`,
          ),
        ]
      : []),
  ];
}

const MANY_GROUPS = 1000;

async function cardinality({ slo, groupLabels }: SloPlan, counter: Selector, to: Connection): Promise<Issue[]> {
  if (groupLabels.length === 0) return [];
  const groups = await sampleOf(to, `count(count by (${groupLabels.map(printLabel).join(", ")}) (${print(counter)}))`);
  if (groups === undefined || groups <= MANY_GROUPS) return [];
  return [
    issue(
      "high-cardinality-label",
      [...slo.path, "groupBy"],
      `there are ${groups} groups, each with error budgets and windows of its own.`,
      "Group by fewer labels.",
      slo.source,
    ),
  ];
}

/** Of targets that have the counter's jobs. */
async function scrapes(
  { slo }: SloPlan,
  counter: Selector,
  targets: readonly Target[],
  to: Connection,
): Promise<Issue[]> {
  const jobs = (await vectorOf(to, `count by (job) (${print(counter)})`)).map(({ labels }) => labels.job);
  const other = targets.find(
    ({ labels, scrapeInterval }) =>
      jobs.includes(labels.job) && scrapeInterval !== undefined && secondsOf(scrapeInterval) !== slo.scrapeSeconds,
  );
  if (!other) return [];
  return [
    issue(
      "scrape-interval-differs",
      [...slo.path, "scrapeInterval"],
      `job ${other.labels.job} is scraped every ${other.scrapeInterval}, and ${printSeconds(slo.scrapeSeconds)} are declared.`,
      `Declare scrapeInterval: "${other.scrapeInterval}".`,
      slo.source,
    ),
  ];
}

function round(events: number): number {
  return Number(events.toPrecision(2));
}
