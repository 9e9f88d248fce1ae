/** What came of a scenario, counted, beside what was expected. */
import type { SentAlert } from "../../bench/rules/replay.ts";
import type { Notification } from "../../test/support/live-webhook.ts";
import { minuteOf, type Played, type Stage } from "./play.ts";
import type { Expected, Scenario } from "./scenario.ts";

export interface Entry {
  readonly scenario: Scenario;
  readonly found: Found;
  readonly lateSeconds: number;
  /** How many seconds of the scenario were one. */
  readonly speed: number;
  /** What differs from what was expected, in words. */
  readonly wrong: readonly string[];
  /** Everything that arrived, with its minute. */
  readonly heard: readonly Heard[];
}

export interface Found extends Omit<Expected, "order"> {
  readonly order: readonly string[];
}

export interface Heard {
  readonly minute: number;
  readonly receiver: string;
  readonly status: "firing" | "resolved";
  readonly group: string;
  /** Alerts, with those first that fire. */
  readonly alerts: readonly string[];
}

export function entryOf(timeline: readonly SentAlert[], played: Played, stage: Stage): Entry {
  const all = stage.sink.notifications.map((one) => heardOf(one, stage));
  const heard = all.filter(({ receiver }) => receiver !== HEARTBEAT);
  const beats = all.filter(({ receiver }) => receiver === HEARTBEAT).map(({ minute }) => minute);
  const found = { ...foundIn(heard, timeline, played, stage.scenario), beats: goesOn(beats, stage.scenario) };
  const wrong = differences(found, stage.scenario.expected);
  return { scenario: stage.scenario, speed: stage.speed, found, lateSeconds: played.lateSeconds, wrong, heard };
}

/** The receiver that is notified all the time. */
const HEARTBEAT = "heartbeat";

/** Whether it never stops for ten minutes. */
function goesOn(beats: readonly number[], { end }: Scenario): boolean {
  return beats.length > 0 && [...beats, end].every((minute, index) => minute - (beats[index - 1] ?? minute) <= 10);
}

function heardOf({ path, at, body }: Notification, stage: Stage): Heard {
  const alerts = (body.alerts ?? []).map(({ status, labels }) => `${status} ${nameOf(labels)}`);
  return {
    minute: Math.round(minuteOf(stage, at) * 10) / 10,
    receiver: path.slice(1),
    status: body.status ?? "firing",
    group: body.groupKey ?? "",
    alerts: alerts.sort(),
  };
}

/** `SloBurnPageFast shop/availability gpt-4`. */
function nameOf({ alertname, slo_service, slo, budget, experiment, job, model }: Readonly<Record<string, string>>) {
  const about = [slo_service, slo ?? budget ?? experiment].filter(Boolean).join("/");
  return [alertname, about, slo === undefined ? job : undefined, model].filter(Boolean).join(" ");
}

function foundIn(
  heard: readonly Heard[],
  timeline: readonly SentAlert[],
  played: Played,
  scenario: Scenario,
): Omit<Found, "beats"> {
  const { open, begun } = groupsOf(heard);
  const fired = timeline
    .filter(({ labels }) => !["burning", "upstream"].includes(labels.tier ?? ""))
    .map(({ labels }) => labels.alertname ?? "");
  return {
    fired: [...new Set(fired)].sort(),
    inhibited: played.inhibited,
    notifications: countsOf(heard),
    incidents: begun.filter(({ receiver }) => isPage(receiver)).length,
    ringsAfter: ringsIn(heard).filter(({ minute }) => minute >= scenario.recovery).length,
    open: open.length,
    order: heard.flatMap(({ receiver, alerts }) => alerts.map((alert) => `${receiver} ${alert}`)),
  };
}

/** What fires anew, or is repeated; that a part has ended is an update of what was heard already. */
function ringsIn(heard: readonly Heard[]): Heard[] {
  return heard.filter((one, index) => {
    if (one.status === "resolved") return false;
    const before = heard
      .slice(0, index)
      .findLast(({ receiver, group }) => receiver === one.receiver && group === one.group);
    const isNew = one.alerts.some((alert) => alert.startsWith("firing") && !before?.alerts.includes(alert));
    return isNew || one.alerts.every((alert) => alert.startsWith("firing"));
  });
}

/** Receivers of pages are called so: `page`, `search-page`. */
function isPage(receiver: string): boolean {
  return /\bpage$/.test(receiver);
}

function countsOf(heard: readonly Heard[]): Record<string, readonly [number, number]> {
  const receivers = [...new Set(heard.map(({ receiver }) => receiver))].sort();
  const count = (receiver: string, status: string) =>
    heard.filter((one) => one.receiver === receiver && one.status === status).length;
  return Object.fromEntries(
    receivers.map((receiver) => [receiver, [count(receiver, "firing"), count(receiver, "resolved")]]),
  );
}

/** Groups that began to fire, each time that they did, and those that never ended. */
function groupsOf(heard: readonly Heard[]): { readonly begun: readonly Heard[]; readonly open: readonly string[] } {
  const open = new Set<string>();
  const begun = heard.filter(({ receiver, group, status }) => {
    const key = `${receiver} ${group}`;
    const begins = status === "firing" && !open.has(key);
    if (status === "firing") open.add(key);
    else open.delete(key);
    return begins;
  });
  return { begun, open: [...open] };
}

function differences(found: Found, expected: Expected): string[] {
  const { order, ...counts } = expected;
  const differ = Object.entries(counts).filter(([name, value]) => sorted(found[name as keyof Found]) !== sorted(value));
  return [
    ...differ.map(([name, value]) => `${name}: expected ${sorted(value)}, was ${sorted(found[name as keyof Found])}`),
    ...outOfOrder(found.order, order ?? []),
  ];
}

/** Lists and records as text in which order means nothing. */
function sorted(value: unknown): string {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return JSON.stringify([...value].sort());
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function outOfOrder(heard: readonly string[], wanted: readonly string[]): string[] {
  let from = 0;
  for (const one of wanted) {
    const index = heard.indexOf(one, from);
    if (index < 0) return [`order: ${JSON.stringify(one)} did not come, or came too early`];
    from = index + 1;
  }
  return [];
}
