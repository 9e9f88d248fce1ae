/**
 * Sends a timeline to real Alertmanagers at a multiple of its speed, lets happen to them what is to happen, and notes what
 * arrives. It says too how late it was: a machine that is too busy proves nothing.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { SentAlert } from "../../bench/rules/replay.ts";
import { MINUTE_MS } from "../../src/time/units.ts";
import type { Server } from "../../test/support/engine-server.ts";
import { knownAlerts } from "../../test/support/live-alertmanager.ts";
import type { WebhookSink } from "../../test/support/live-webhook.ts";
import { momentOf } from "./history.ts";
import type { Fault, Scenario } from "./scenario.ts";
import { LEAD } from "./timeline.ts";

export interface Stage {
  readonly scenario: Scenario;
  readonly alertmanagers: readonly Server[];
  readonly sink: WebhookSink;
  /** How many seconds of the scenario are one. */
  readonly speed: number;
  /** When the scenario begins on the clock, in milliseconds. */
  readonly startMs: number;
}

export interface Played {
  /** Names of alerts that Alertmanager held back at some time. */
  readonly inhibited: readonly string[];
  /** By how many seconds of the scenario something was sent too late, at most. */
  readonly lateSeconds: number;
}

/** When, on the clock, a moment of the scenario is. */
export function clockOf({ scenario, speed, startMs }: Omit<Stage, "alertmanagers" | "sink">, moment: number): number {
  return startMs + (moment - momentOf(scenario, -LEAD)) / speed;
}

/** The minute of the scenario that a time on the clock is. */
export function minuteOf({ speed, startMs }: Pick<Stage, "speed" | "startMs">, clock: number): number {
  return ((clock - startMs) * speed) / MINUTE_MS - LEAD;
}

export async function play(timeline: readonly SentAlert[], stage: Stage): Promise<Played> {
  const inhibited = new Set<string>();
  let late = 0;
  for (const { at, run } of eventsOf(timeline, stage, inhibited)) {
    const due = clockOf(stage, at);
    await sleep(Math.max(0, due - Date.now()));
    late = Math.max(late, Date.now() - due);
    await run();
  }
  return { inhibited: [...inhibited].sort(), lateSeconds: Math.round((late * stage.speed) / 1000) };
}

interface Event {
  readonly at: number;
  readonly run: () => Promise<unknown>;
}

function eventsOf(timeline: readonly SentAlert[], stage: Stage, inhibited: Set<string>): Event[] {
  const { scenario, alertmanagers } = stage;
  const moments = [...new Set(timeline.map(({ at }) => at))];
  const posts = moments.map((at) => {
    const batch = timeline.filter((alert) => alert.at === at);
    return { at, run: () => Promise.all(alertmanagers.map((each) => post(each, batch, stage))) };
  });
  const looks = minutesOf(scenario).map((minute) => ({
    at: momentOf(scenario, minute),
    run: () => noteInhibited(alertmanagers, inhibited),
  }));
  const faults = (scenario.faults ?? []).map((fault) => ({
    at: momentOf(scenario, fault.minute),
    run: () => happen(fault, alertmanagers),
  }));
  return [...posts, ...looks, ...faults].sort((a, b) => a.at - b.at);
}

/** Looks between the moments at which rules are evaluated, and one at the end. */
function minutesOf({ end }: Scenario): number[] {
  return Array.from({ length: end + LEAD }, (_one, index) => index - LEAD + 0.9);
}

/** What does not arrive is sent again a minute later, as Prometheus does it. */
async function post({ url }: Server, alerts: readonly SentAlert[], stage: Stage): Promise<void> {
  const body = alerts.map(({ labels, annotations, startsAt, endsAt }) => ({
    ...{ labels, annotations, generatorURL: "http://prometheus.example.com/graph" },
    startsAt: new Date(clockOf(stage, startsAt)).toISOString(),
    endsAt: new Date(clockOf(stage, endsAt)).toISOString(),
  }));
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/api/v2/alerts`, { method: "POST", headers, body: JSON.stringify(body) }).catch(
    () => undefined,
  );
  if (answer && answer.status === 400) throw new Error(await answer.text());
}

async function noteInhibited(alertmanagers: readonly Server[], inhibited: Set<string>): Promise<void> {
  for (const each of alertmanagers) {
    const known = await knownAlerts(each).catch(() => []);
    for (const { labels, inhibitedBy } of known) if (inhibitedBy.length > 0) inhibited.add(labels.alertname ?? "");
  }
}

async function happen(fault: Fault, alertmanagers: readonly Server[]): Promise<void> {
  const server = alertmanagers[fault.which ?? 0];
  if (server === undefined) throw new Error("there is no such Alertmanager");
  if (fault.do !== "restart") await server.kill();
  if (fault.do !== "die") await server.restart();
}
