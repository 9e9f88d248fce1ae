/**
 * A scenario of alerts over their whole life, as data: what is declared, what happens, and who must be notified.
 * Minutes count from the beginning of the incident; what is before it is negative.
 */
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";

export interface Scenario {
  readonly name: string;
  /** What happens, in a line. */
  readonly title: string;
  readonly services: readonly ServiceDeclaration[];
  /** Beside receivers that notify the sink, and whatever else has a default here. */
  readonly platform?: PlatformDeclaration;
  readonly series: readonly Series[];
  /** Hours of history before the incident, since a midnight: by default three days and an hour, which fills every window that alerts. */
  readonly hoursBefore?: number;
  /** When everything is as it was before. */
  readonly recovery: number;
  /** Eight hours after the recovery, unless something else is to be seen. */
  readonly end: number;
  /** What else runs in the same Prometheus and Alertmanager. */
  readonly beside?: Beside;
  /** What happens to the Alertmanagers. */
  readonly faults?: readonly Fault[];
  /** Two Alertmanagers: one cluster, or two that do not see each other. */
  readonly pair?: "joined" | "split";
  readonly expected: Expected;
}

/** A series of one target. Values without a rate of change are gauges. */
export interface Series {
  readonly metric: string;
  readonly job: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Events per second of a counter: whole ones, unless it is money. */
  readonly rate?: Steps;
  readonly isMoney?: boolean;
  /** The value of a gauge. */
  readonly value?: Steps;
  /** Spans in which its target does not answer: `up` is 0, and nothing else is there. */
  readonly down?: readonly Span[];
  /** Spans in which its target is not even known. */
  readonly gone?: readonly Span[];
}

/** From which minute on it is how much. Before the first one it is zero; a number alone holds always. */
export type Steps = number | readonly (readonly [minute: number, value: number])[];

export type Span = readonly [from: number, to: number];

/** The rules and the Alertmanager configuration of others. */
export interface Beside {
  readonly rules: object;
  readonly inhibit: readonly object[];
}

export interface Fault {
  readonly minute: number;
  /** `restart` stops it in order and starts it; `kill` is kill -9 and a start; `die` is kill -9 alone. */
  readonly do: "restart" | "kill" | "die";
  /** 0 unless there is a pair. */
  readonly which?: 0 | 1;
}

/** Sent, by the last part of a receiver's URL: notifications that something fires, and that all is over. */
export interface Expected {
  /** Names of the alerts that fire, those apart that are sent to nobody. */
  readonly fired: readonly string[];
  /** Names of those that Alertmanager holds back at some time. */
  readonly inhibited: readonly string[];
  readonly notifications: Readonly<Record<string, readonly [firing: number, resolved: number]>>;
  /** How often somebody is paged: groups that begin to fire at a receiver of pages. */
  readonly incidents: number;
  /** Notifications after the recovery that something fires anew, or still. */
  readonly ringsAfter: number;
  /** Groups of which the last that is heard is that they fire. */
  readonly open: number;
  /** Whether the receiver `heartbeat` is notified all the time; it counts nowhere else. */
  readonly beats?: boolean;
  /** Notifications that come in this order, among others. */
  readonly order?: readonly string[];
}
