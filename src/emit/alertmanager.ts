/**
 * Alertmanager: who is told about what, once. Routes by team and severity, inhibition, the text of notifications,
 * and the tests of the routes.
 */
import { audiences } from "../compile/audience.ts";
import type { Plan } from "../compile/plan.ts";
import type { AlertmanagerConfig } from "./alertmanager/config.ts";
import { compileInhibition } from "./alertmanager/inhibition.ts";
import { notificationTemplate } from "./alertmanager/notification.ts";
import { compileReceivers, NOBODY, rootReceiver } from "./alertmanager/receivers.ts";
import { compileRouteTests } from "./alertmanager/route-tests.ts";
import { compileRoutes } from "./alertmanager/routes.ts";
import { compileTimeIntervals } from "./alertmanager/time-intervals.ts";
import type { Target } from "./target.ts";

/** Beside the configuration: Alertmanager resolves it from there. */
const TEMPLATE = "templates/firebreak.tmpl";

export const alertmanager: Target = {
  name: "alertmanager",
  emit: (plan) => [
    { path: "alertmanager/alertmanager.yaml", format: "yaml", value: compileConfig(plan), header: configHeader(plan) },
    { path: `alertmanager/${TEMPLATE}`, format: "text", value: notificationTemplate },
    { path: "alertmanager/routes.tests.yaml", format: "yaml", value: compileRouteTests(plan), header: TESTS_HEADER },
  ],
};

function compileConfig(plan: Plan): AlertmanagerConfig {
  const timeIntervals = compileTimeIntervals(plan.platform);
  return {
    templates: [TEMPLATE],
    ...(timeIntervals.length === 0 ? {} : { time_intervals: timeIntervals }),
    route: compileRoutes(plan),
    inhibit_rules: compileInhibition(plan),
    receivers: compileReceivers(plan),
  };
}

/** A configuration whose receivers reach nobody passes amtool, so it says so itself. */
function configHeader(plan: Plan): string {
  const all = audiences(plan);
  const unreached = all.filter(({ receiver }) => receiver === undefined);
  if (all.length > 0 && unreached.length === all.length) return `${SKELETON_HEADER}\n\n${CONFIG_HEADER}`;
  return rootReceiver(plan.platform) === NOBODY ? `${CONFIG_HEADER}\n\n${NO_DEFAULT_HEADER}` : CONFIG_HEADER;
}

const CONFIG_HEADER = `Made by firebreak from the declarations. Edit those, not this.
To merge it into a configuration that exists: put the routes before yours, and add the receivers, inhibit_rules,
time_intervals and templates. Each of them applies to firebreak's alerts only, which carry the label slo_service.`;

const SKELETON_HEADER = `NOT DEPLOYABLE: no receiver is declared, so these routes and receivers reach nobody.
Declare platform.receivers.default to fill them.`;

const NO_DEFAULT_HEADER = `Alerts that are not firebreak's reach nobody: there is no platform.receivers.default for tickets.`;

const TESTS_HEADER = `Made by firebreak from the declarations. Edit those, not this.
Each case: amtool config routes test --config.file=alertmanager.yaml --verify.receivers=RECEIVER LABEL=VALUE ...`;
