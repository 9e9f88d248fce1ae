/**
 * The configuration as Alertmanager reads it. Matchers are always quoted, so that the strict UTF-8 parser and the classic
 * one read the same.
 * https://prometheus.io/docs/alerting/latest/configuration/#matcher
 */
import type { Matcher } from "../../promql/ast.ts";
import { printMatcher } from "../../promql/print-selector.ts";
import type { AlertmanagerConfig, InhibitRule, Route } from "./config.ts";

export function printConfig(config: AlertmanagerConfig<Matcher>): AlertmanagerConfig {
  return { ...config, route: printRoute(config.route), inhibit_rules: config.inhibit_rules.map(printInhibitRule) };
}

export function printRoute(route: Route<Matcher>): Route {
  const { receiver, matchers, routes, ...rest } = route;
  return {
    receiver,
    ...(matchers && { matchers: matchers.map(printMatcher) }),
    ...rest,
    ...(routes && { routes: routes.map(printRoute) }),
  };
}

export function printInhibitRule(rule: InhibitRule<Matcher>): InhibitRule {
  const { source_matchers, target_matchers } = rule;
  return {
    ...rule,
    source_matchers: source_matchers.map(printMatcher),
    target_matchers: target_matchers.map(printMatcher),
  };
}
