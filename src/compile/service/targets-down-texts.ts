/** What `SloTargetsDown` says: how many targets are down, which ones, and what cannot be seen because of it. */
import type { Text } from "../../declare/declaration.ts";
import type { Service } from "../../model/service.ts";
import { printLabel } from "../../promql/print-selector.ts";
import { whereAnswered } from "../annotations/annotation-query.ts";

/** One of the ways in which targets are missing. */
export interface Missing {
  /** In the title, after the job. */
  readonly title: string;
  /** The same as a sentence's end, after `of job x`. */
  readonly fact: string;
  readonly advice: string;
}

/** Instances in a text: more of them tell a reader nothing that the dashboard does not. */
const NAMED = 3;

const BLIND = "The SLOs cannot tell whether users are being served.";

export const SOME_DOWN: Missing = {
  title: "targets down",
  fact: "targets of job {{ $labels.job }} are down",
  advice: `Part of the traffic is no longer measured. ${BLIND}`,
};
export const ALL_DOWN: Missing = {
  title: "targets down",
  fact: "targets of job {{ $labels.job }} are down",
  advice: `None of its traffic is measured. ${BLIND}`,
};
export const GONE: Missing = {
  title: "no targets left",
  fact: "Job {{ $labels.job }} has no targets left",
  advice: `A page fired within the hour, and its errors are no longer counted. ${BLIND}`,
};

/**
 * Summary and description. They name up to three instances that are down while the alert fires.
 *
 * @param labels - Of a job: `job`, and those of the platform's identity.
 */
export function targetsDownTexts(
  { name }: Service,
  missing: Missing,
  labels: readonly string[],
): Readonly<Record<"summary" | "description", Text>> {
  const counted = missing === GONE ? "" : howMany(labels);
  const named = missing === GONE ? "" : whichOnes(labels);
  return {
    summary: { template: `${name} job {{ $labels.job }}: ${counted}${missing.title}` },
    description: { template: `${counted}${missing.fact}${named}. ${missing.advice}` },
  };
}

/** `3 of 5 `; nothing where none is down any more. */
function howMany(labels: readonly string[]): string {
  const up = `up{${matchers(labels)}}`;
  return whereAnswered(`count(${up} == 0)`, labels, `{{ first . | value }} of ${total(up, labels)} `);
}

function total(up: string, labels: readonly string[]): string {
  return whereAnswered(`count(${up})`, labels, "{{ first . | value }}");
}

/** Sorted here: Prometheus promises no order, and the text would change from one evaluation to the next. */
function whichOnes(labels: readonly string[]): string {
  const each = "{{ if $at }}, {{ end }}{{ $each.Labels.instance }}";
  const sorted = `{{ range $at, $each := sortByLabel "instance" . }}{{ if lt $at ${NAMED} }}${each}{{ end }}{{ end }}`;
  return whereAnswered(`up{${matchers(labels)}} == 0`, labels, `: ${sorted}`);
}

function matchers(labels: readonly string[]): string {
  return labels.map((label, at) => `${printLabel(label)}=%[${at + 1}]q`).join(", ");
}
