/** Alerts that are firing, as Prometheus wrote them at the last evaluation: rules read them to end what is reported already. */
import type { Matcher, Selector } from "../promql/ast.ts";
import { selector } from "../promql/build.ts";

/** @param ids - The labels of whose alerts they are, such as those of one SLO. */
export function firing(matchers: readonly Matcher[], ids: Readonly<Record<string, string>>): Selector {
  const alerts = selector("ALERTS", { alertstate: "firing", ...ids });
  return { ...alerts, matchers: [...matchers, ...alerts.matchers] };
}

/** Alerts of these names, of which there is at least one. */
export function named(names: readonly [string, ...string[]]): Matcher {
  return oneOf("alertname", names);
}

/** The label has one of these values, which are names: no pattern. */
export function oneOf(label: string, [first, ...more]: readonly [string, ...string[]]): Matcher {
  return more.length === 0 ? { label, op: "=", value: first } : { label, op: "=~", value: [first, ...more].join("|") };
}
