/** The rules of a plan as a ruler says that it has loaded them. */
import { type AlertingRule, groupsOf, type Plan, type Rule } from "../compile/plan.ts";
import { print } from "../promql/print.ts";
import { ruleText } from "./prometheus.ts";

/** A rule as the HTTP API of a Prometheus gives it. Times in seconds. */
export interface LoadedRule {
  readonly type: "recording" | "alerting";
  readonly name: string;
  readonly query: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly duration: number;
  readonly keepFiringFor: number;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface LoadedGroup {
  readonly name: string;
  readonly service: string;
  readonly interval: number;
  readonly rules: readonly LoadedRule[];
}

/** Every group that has rules. */
export function loadedGroups({ services }: Plan): LoadedGroup[] {
  return services.flatMap((plan) =>
    groupsOf(plan)
      .filter(({ rules }) => rules.length > 0)
      .map(({ name, intervalSeconds, rules }) => ({
        name,
        service: plan.service.name,
        interval: intervalSeconds,
        rules: rules.map(loadedRule),
      })),
  );
}

function loadedRule(rule: Rule): LoadedRule {
  const query = print(rule.expr);
  return rule.type === "alert"
    ? { type: "alerting", name: rule.alert, query, ...timesOf(rule), ...ruleText(rule) }
    : {
        type: "recording",
        name: rule.record,
        query,
        labels: rule.labels,
        duration: 0,
        keepFiringFor: 0,
        annotations: {},
      };
}

function timesOf({ forSeconds, keepFiringForSeconds }: AlertingRule) {
  return { duration: forSeconds, keepFiringFor: keepFiringForSeconds };
}
