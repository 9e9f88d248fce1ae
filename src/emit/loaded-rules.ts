/** The rules of a plan as a ruler says that it has loaded them. */
import { type AlertingRule, groupsOf, type Plan, type Rule } from "../compile/plan.ts";
import type { LoadedGroup, LoadedRule } from "../promql/loaded-rules.ts";
import { print } from "../promql/print.ts";
import { ruleText } from "./prometheus.ts";

/** Every group that has rules. */
export function loadedGroups({ services }: Plan): (LoadedGroup & { readonly service: string })[] {
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
