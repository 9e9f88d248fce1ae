/** The server itself: its version, how long it keeps samples, how often it scrapes, its rules, and whom it notifies. */

import { groupsOf, type Plan, type RuleGroup } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import { SECOND_MS } from "../time/units.ts";
import { buildInfo, notified, runtimeInfo } from "./ask/answers.ts";
import type { Connection } from "./ask/no-answer.ts";
import { ask } from "./ask/prometheus.ts";
import { optional } from "./ask/queries.ts";
import { secondsOf } from "./ask/time.ts";
import type { EvaluatedGroup } from "./loaded-groups.ts";

/** What can be said without looking at any one metric. Whoever does not answer the first is no Prometheus. */
export const serverChecks: readonly ((plan: Plan, to: Connection) => Promise<Issue[]>)[] = [
  version,
  retention,
  alertmanagers,
];

/** Whether our rules are among those that it has loaded, run, and are fresh. */
export function examineRules(plan: Plan, groups: readonly EvaluatedGroup[]): Issue[] {
  const wanted = plan.services.flatMap(groupsOf).filter((group) => group.rules.length > 0);
  const loaded = groups.filter(({ name }) => wanted.some((group) => isPart(name, group.name)));
  const missing = wanted.filter(({ name }) => !loaded.some((group) => isPart(group.name, name)));
  return [
    ...notLoaded(missing, wanted),
    ...loaded.flatMap(unhealthy),
    ...loaded.flatMap(stale),
    ...loaded.flatMap(late),
  ];
}

/** Beside two scrapes: until targets are discovered, and the first scrape can be read. */
const DISCOVERY_SECONDS = 30;

/** Seconds since it started, where it may not have scraped every target since; undefined where it has, or does not say. */
export async function justStarted({ platform, services }: Plan, to: Connection): Promise<number | undefined> {
  const { startTime = "", serverTime } = (await optional(ask(to, "status/runtimeinfo", runtimeInfo))) ?? {};
  const now = serverTime === undefined ? Date.now() : Date.parse(serverTime);
  const age = Math.round((now - Date.parse(startTime)) / SECOND_MS);
  const scrapes = services.flatMap(({ slos }) => slos.map(({ slo }) => slo.scrapeSeconds));
  return age <= 2 * Math.max(platform.scrapeSeconds, ...scrapes) + DISCOVERY_SECONDS ? age : undefined;
}

async function version(_plan: Plan, to: Connection): Promise<Issue[]> {
  const info = await ask(to, "status/buildinfo", buildInfo);
  const major = Number.parseInt(info.version ?? "", 10);
  if (!(major < 3)) return [];
  return [
    issue(
      "prometheus-too-old",
      ["--prometheus"],
      `this is Prometheus ${info.version}, whose ranges hold one more sample than in version 3.`,
      "Upgrade to Prometheus 3.",
    ),
  ];
}

async function retention({ platform, services }: Plan, to: Connection): Promise<Issue[]> {
  const info = await optional(ask(to, "status/runtimeinfo", runtimeInfo));
  const kept = secondsOf(info?.storageRetention);
  const longest = Math.max(0, ...services.flatMap(({ slos }) => slos.map(({ slo }) => slo.windowSeconds)));
  const needed = Math.max(longest, platform.retentionSeconds ?? 0);
  if (kept === undefined || kept >= needed) return [];
  return [
    issue(
      "retention-too-short",
      ["platform", "retention"],
      `it keeps samples for ${info?.storageRetention}, and ${printSeconds(needed)} are declared.`,
      "Raise --storage.tsdb.retention.time, or declare the real retention and use shorter windows.",
    ),
  ];
}

/** A group with more rules than a ruler takes is loaded in parts. */
function isPart(loaded: string, wanted: string): boolean {
  return loaded === wanted || loaded.startsWith(`${wanted}:`);
}

function notLoaded(missing: readonly RuleGroup[], wanted: readonly RuleGroup[]): Issue[] {
  const [first] = missing;
  if (!first) return [];
  const how =
    missing.length === wanted.length
      ? "none of the rule groups is"
      : `${missing.length} of ${wanted.length} rule groups are not`;
  return [
    issue(
      "rules-not-loaded",
      ["--prometheus"],
      `${how} loaded, such as ${first.name}.`,
      "Add generated/prometheus/*.rules.yaml to rule_files, and reload.",
    ),
  ];
}

function unhealthy({ name, rules: all }: EvaluatedGroup): Issue[] {
  return all
    .filter(({ health }) => health === "err")
    .map((rule) =>
      issue(
        "rule-fails",
        ["--prometheus"],
        `${rule.name} of ${name} fails: ${rule.lastError ?? ""}`,
        "Look at the series that it reads: two that differ in a label that the rule does not know are the usual reason.",
      ),
    );
}

function stale({ name, interval, lastEvaluation }: EvaluatedGroup): Issue[] {
  const age = (Date.now() - Date.parse(lastEvaluation)) / 1000;
  // A group that was never evaluated has the year 1.
  if (!Number.isFinite(age) || age < Math.max(120, 4 * interval) || lastEvaluation.startsWith("0001")) return [];
  return [
    issue(
      "rules-stale",
      ["--prometheus"],
      `${name} was last evaluated ${printSeconds(Math.round(age))} ago.`,
      "Check whether the server is overloaded: prometheus_rule_group_iterations_missed_total.",
    ),
  ];
}

/** A group that takes longer than its interval misses the evaluations in between. */
function late({ name, interval, evaluationTime = 0 }: EvaluatedGroup): Issue[] {
  if (evaluationTime <= interval) return [];
  const [took, due] = [evaluationTime, interval].map((seconds) => printSeconds(Math.round(seconds)));
  return [
    issue(
      "rules-late",
      ["--prometheus"],
      `${name} took ${took} to evaluate and is due every ${due}: evaluations are missed, and alerts come late.`,
      "Group by fewer labels, declare a longer `evaluationInterval`, or give the rules a server of their own.",
    ),
  ];
}

async function alertmanagers({ services }: Plan, to: Connection): Promise<Issue[]> {
  const answer = await optional(ask(to, "alertmanagers", notified));
  if (answer === undefined || answer.activeAlertmanagers.length > 0 || services.length === 0) return [];
  return [
    issue(
      "alerts-go-nowhere",
      ["--prometheus"],
      "it has no Alertmanager: alerts fire, but nobody is notified.",
      "Add it under alerting.alertmanagers of its configuration.",
    ),
  ];
}
