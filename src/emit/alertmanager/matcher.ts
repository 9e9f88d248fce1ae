/**
 * Matchers as text: always quoted, so that the strict UTF-8 parser and the classic one read the same.
 * https://prometheus.io/docs/alerting/latest/configuration/#matcher
 */
import type { SloPlan } from "../../compile/plan.ts";
import { quote } from "../../promql/print.ts";
import { escapeRegex } from "../../promql/regex.ts";

/** The label has one of these values. They are sorted, so that their order in the declarations shows nowhere. */
export function isOneOf(label: string, values: readonly string[]): string {
  const [first = "", ...others] = [...new Set(values)].sort();
  if (others.length === 0) return `${label}=${quote(first)}`;
  return `${label}=~${quote([first, ...others].map(escapeRegex).join("|"))}`;
}

/** The label has a value. */
export function isPresent(label: string): string {
  return `${label}!=""`;
}

/** The alerts of one SLO. */
export function isOfSlo({ slo }: SloPlan): string[] {
  return [isOneOf("slo_service", [slo.service]), isOneOf("slo", [slo.name])];
}
