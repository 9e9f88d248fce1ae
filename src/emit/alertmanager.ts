/**
 * Alertmanager: who is notified of what, once. Routes by team and severity, inhibition, the text of notifications,
 * and the tests of the routes.
 */
import { DECLARE_RECEIVERS, reachesNobody } from "../compile/audience.ts";
import type { Plan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import type { Matcher } from "../promql/ast.ts";
import type { AlertmanagerConfig } from "./alertmanager/config.ts";
import { compileInhibition } from "./alertmanager/inhibition.ts";
import { notificationTemplate } from "./alertmanager/notification/notification.ts";
import { printConfig } from "./alertmanager/print-config.ts";
import { compileReceivers, NOBODY, rootReceiver } from "./alertmanager/receivers/receivers.ts";
import { compileRouteTests, type RouteTest, serviceRouteTests } from "./alertmanager/route-tests.ts";
import { compileRoutes } from "./alertmanager/routes.ts";
import { compileTimeIntervals } from "./alertmanager/time-intervals.ts";
import type { Emitted } from "./artifact.ts";
import type { Target } from "./target.ts";

/** Beside the configuration: Alertmanager resolves it from there. */
const TEMPLATE = "templates/firebreak.tmpl";

export const alertmanager: Target = {
  name: "alertmanager",
  files: /^alertmanager\//,
  emit: (plan) => [
    {
      kind: "routes",
      name: "",
      path: "alertmanager/alertmanager.yaml",
      format: "yaml",
      value: printConfig(compileConfig(plan)),
      header: configHeader(plan),
    },
    { kind: "template", name: "", path: `alertmanager/${TEMPLATE}`, format: "text", value: notificationTemplate },
    routeTests(undefined, HEADER, compileRouteTests(plan)),
    ...plan.services.map((each) => {
      const { name } = each.service;
      const header = `Made by firebreak from the declaration of ${name}. Edit that, not this.`;
      return routeTests(name, header, serviceRouteTests(each, plan));
    }),
  ],
};

/** A file for each service: two that change at the same time change no file in common. */
function routeTests(service: string | undefined, header: string, value: readonly RouteTest[]): Emitted {
  const [of, name] = service === undefined ? [{}, "routes"] : [{ service }, `${service}.routes`];
  const path = `alertmanager/${name}.tests.yaml`;
  return { kind: "route-tests", ...of, name: "", path, format: "yaml", value, header: `${header}\n${TESTS_HEADER}` };
}

/** Everything that Alertmanager reads, as values. */
export function compileConfig(plan: Plan): AlertmanagerConfig<Matcher> {
  const timeIntervals = compileTimeIntervals(plan.platform);
  return {
    templates: [TEMPLATE],
    ...(timeIntervals.length === 0 ? {} : { time_intervals: timeIntervals }),
    route: compileRoutes(plan),
    inhibit_rules: compileInhibition(plan),
    receivers: compileReceivers(plan),
  };
}

/** Before the routes of others, those of a skeleton would take firebreak's alerts away from whoever gets them now. */
export function skeletonIssues(plan: Plan): Issue[] {
  if (!reachesNobody(plan)) return [];
  const message =
    "no receiver is declared, so the routes that would be merged reach nobody, and come before all others.";
  return [issue("not-deployable", ["platform", "receivers"], message, `${DECLARE_RECEIVERS}.`)];
}

/** A configuration whose receivers reach nobody passes amtool, so it says so itself. */
function configHeader(plan: Plan): string {
  if (reachesNobody(plan)) return `${HEADER}\n\n${SKELETON_HEADER}\n\n${MERGE_HEADER}`;
  const usual = `${HEADER}\n${MERGE_HEADER}`;
  return rootReceiver(plan.platform) === NOBODY ? `${usual}\n\n${NO_DEFAULT_HEADER}` : usual;
}

const HEADER = "Made by firebreak from the declarations. Edit those, not this.";

const MERGE_HEADER = `To merge it into a configuration that exists: put the routes before yours, and add the receivers, inhibit_rules,
time_intervals and templates. Each of them applies to firebreak's alerts only, which carry the label slo_service.`;

const SKELETON_HEADER = `NOT DEPLOYABLE: no receiver is declared, so these routes and receivers reach nobody.
Declare platform.receivers.default to fill them.`;

const NO_DEFAULT_HEADER = `Alerts that are not firebreak's reach nobody: there is no platform.receivers.default for tickets.`;

const TESTS_HEADER =
  "Each case: amtool config routes test --config.file=alertmanager.yaml --verify.receivers=RECEIVER LABEL=VALUE ...";
