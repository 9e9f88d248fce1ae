/** The server itself: its version, how long it keeps samples, whom it notifies, and since when it runs. */

import type { Plan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import { SECOND_MS } from "../time/units.ts";
import { buildInfo, notified, type RuntimeInfo, runtimeInfo } from "./ask/answers.ts";
import type { Connection } from "./ask/no-answer.ts";
import { ask } from "./ask/prometheus.ts";
import { optional } from "./ask/queries.ts";
import { secondsOf } from "./ask/time.ts";

/**
 * Whether its version is one that the rules are for.
 *
 * @throws {NoAnswer} where it is no Prometheus.
 */
export async function examineVersion(to: Connection): Promise<Issue[]> {
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

/** What it says of its process; nothing where it does not say. */
export async function askRuntime(to: Connection): Promise<RuntimeInfo> {
  return (await optional(ask(to, "status/runtimeinfo", runtimeInfo))) ?? {};
}

/** Whether it keeps samples for as long as the windows need, and as the platform declares. */
export function examineRetention({ platform, services }: Plan, { storageRetention }: RuntimeInfo): Issue[] {
  const kept = secondsOf(storageRetention);
  const longest = Math.max(0, ...services.flatMap(({ slos }) => slos.map(({ slo }) => slo.windowSeconds)));
  const needed = Math.max(longest, platform.retentionSeconds ?? 0);
  if (kept === undefined || kept >= needed) return [];
  return [
    issue(
      "retention-too-short",
      ["platform", "retention"],
      `it keeps samples for ${storageRetention}, and ${printSeconds(needed)} are declared.`,
      "Raise --storage.tsdb.retention.time, or declare the real retention and use shorter windows.",
    ),
  ];
}

/** Whether its alerts are sent anywhere. */
export async function examineAlertmanagers({ services }: Plan, to: Connection): Promise<Issue[]> {
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

/** Beside two scrapes: until targets are discovered, and the first scrape can be read. */
const DISCOVERY_SECONDS = 30;

/** Seconds since it started, where it may not have scraped every target since; undefined where it has, or does not say. */
export function justStarted({ platform, services }: Plan, runtime: RuntimeInfo): number | undefined {
  const { startTime = "", serverTime } = runtime;
  const now = serverTime === undefined ? Date.now() : Date.parse(serverTime);
  const age = Math.round((now - Date.parse(startTime)) / SECOND_MS);
  const scrapes = services.flatMap(({ slos }) => slos.map(({ slo }) => slo.scrapeSeconds));
  return age <= 2 * Math.max(platform.scrapeSeconds, ...scrapes) + DISCOVERY_SECONDS ? age : undefined;
}
