/**
 * What Prometheus says of alerts, as expectations: `ALERTS` has every label of an alert and none of its texts, which a test
 * with `alert_rule_test` would repeat.
 */
import type { Platform, Slo } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { printLabel, quote } from "../promql/print-selector.ts";
import type { Expectation } from "./proof.ts";
import type { Labels } from "./raw-series.ts";
import { seriesName } from "./series-text.ts";

/** An alert as it must be, without the labels of groups. */
export interface Expected {
  readonly alertname: string;
  readonly labels: Labels;
  /** Labels that tell alerts of this name apart. */
  readonly apart?: readonly string[];
}

/** What all alerts of an SLO carry. */
export function expectedOf(
  slo: Slo,
  platform: Platform,
  own: { readonly alert: string; readonly tier: string; readonly severity: keyof Platform["severities"] },
  more: Labels = {},
): Expected {
  const labels = {
    ...slo.labels,
    ...slo.alerting.labels,
    ...more,
    slo_service: slo.service,
    slo: slo.name,
    tier: own.tier,
    severity: platform.severities[own.severity],
    owner: slo.owner,
  };
  return { alertname: own.alert, labels };
}

/** It has not fired up to this instant. */
export function notYet(expected: Expected, atSeconds: number): Expectation {
  const query = `count_over_time(${alerts(expected)}[${printSeconds(Math.max(60, atSeconds))}])`;
  return { atSeconds, query, samples: [] };
}

/** It fires for exactly these groups, with exactly these labels; those that are asked for are not said again. */
export function firesWith(expected: Expected, groups: readonly Labels[], atSeconds: number): Expectation {
  const asked = askedOf(expected);
  const others = Object.fromEntries(Object.entries(expected.labels).filter(([label]) => !(label in asked)));
  const samples = groups.map((group) => ({ labels: labelsOf(group, { alertstate: "firing", ...others }), value: 1 }));
  const names = ["alertname", ...Object.keys(asked)].map(printLabel).join(", ");
  return { atSeconds, query: `sum without (${names}) (${alerts(expected, [])})`, samples };
}

/** `{model="a", owner="team"}`: what tells groups apart comes first. */
function labelsOf(group: Labels, others: Labels): string {
  const own = Object.fromEntries(Object.entries(others).filter(([label]) => !(label in group)));
  const parts = [group, own].map((labels) => seriesName("", labels).replace(/^\{(.*)\}$/s, "$1"));
  return `{${parts.filter((part) => part !== "").join(", ")}}`;
}

/** It fires for so many groups. */
export function fires(expected: Expected, groups: number, atSeconds: number): Expectation {
  return { atSeconds, query: `count(${alerts(expected)})`, samples: [{ labels: "{}", value: groups }] };
}

/** It does not fire. */
export function silent(expected: Expected, atSeconds: number): Expectation {
  return { atSeconds, query: alerts(expected), samples: [] };
}

function alerts(expected: Expected, states: readonly string[] = ['alertstate="firing"']): string {
  const which = Object.entries(askedOf(expected)).map(([label, value]) => `${printLabel(label)}=${quote(value)}`);
  return `ALERTS{${[`alertname=${quote(expected.alertname)}`, ...states, ...which].join(", ")}}`;
}

/** The labels that say which alert is meant. */
function askedOf({ labels, apart = [] }: Expected): Labels {
  const named = ["slo", "budget", "experiment", "reason", ...apart].filter((label) => label in labels);
  return Object.fromEntries(named.map((label) => [label, labels[label] ?? ""]));
}
