/**
 * Queries within annotations: what is so while the alert fires, read from recorded series. Prometheus runs them at each
 * evaluation of an alert that is active, and never else.
 * https://prometheus.io/docs/prometheus/latest/configuration/template_reference/#queries
 */
import { printLabel } from "../../promql/print-selector.ts";
import { labelInTemplate } from "./label-in-template.ts";

/** `slo_service="a", slo="b", model=%[1]q`: matchers of the series that belong to the alert, its labels being arguments. */
export function ownMatchers(id: Readonly<Record<string, string>>, labels: readonly string[]): string {
  const fixed = Object.entries(id).map(([label, value]) => `${label}="${value}"`);
  // A value is quoted as Go does it, which is how PromQL reads a text.
  return [...fixed, ...labels.map((label, at) => `${printLabel(label)}=%[${at + 1}]q`)].join(", ");
}

/** A declared value as PromQL reads it, within the backquotes of a template and as part of a format. */
export function quoted(value: string): string {
  return JSON.stringify(value).replaceAll("`", "\\x60").replaceAll("%", "%%");
}

/**
 * A template that shows `then` where the query answers, and else nothing.
 *
 * @param promql - Without backquotes; `%[1]q` is the first of the labels.
 * @param then - A template in which `first .` is the sample.
 */
export function whereAnswered(promql: string, labels: readonly string[], then: string): string {
  const values = labels.map((label) => ` ${labelInTemplate(label)}`).join("");
  const asked = promql.includes("%[") ? `printf \`${promql}\`${values} | query` : `query \`${promql}\``;
  return `{{ with ${asked} }}${then}{{ end }}`;
}

/** Data in a template: `{{` opens an action, and as the output of one it is text. */
export function escapeTemplate(text: string): string {
  return text.replaceAll("{{", '{{ "{{" }}');
}
