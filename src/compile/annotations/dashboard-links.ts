/** Addresses of dashboards: each opens at what the alert is about. Ids need no escaping; values of labels do. */
import type { Text } from "../../declare/declaration.ts";
import type { Experiment, Platform, Slo, SpendBudget } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { experimentDashboardUid, overviewDashboardUid, sloDashboardUid, spendDashboardUid } from "../names.ts";
import { labelInTemplate } from "./label-in-template.ts";

/** An SLO, at the group with least budget. Undefined, like all of them, where no Grafana is declared. */
export function sloLink({ service, name }: Slo, platform: Platform): string | undefined {
  return linkTo(sloDashboardUid, { slo_service: service, slo: name }, platform);
}

/**
 * An SLO at the group of an alert, over twice the time that the alert looks at.
 *
 * @param labels - The group's, which every such alert has.
 */
export function groupLink(slo: Slo, labels: readonly string[], longSeconds: number | undefined, platform: Platform) {
  const link = sloLink(slo, platform);
  const time = longSeconds === undefined ? "" : `&from=now-${printSeconds(2 * longSeconds)}&to=now`;
  if (link === undefined || labels.length === 0) return link && `${link}${time}`;
  const matchers = labels.map(
    (label) => `${label.includes(".") ? `%22${label}%22` : label}=%22{{ urlquery ${labelInTemplate(label)} }}%22`,
  );
  const template = `${link.replaceAll("{{", "%7B%7B")}&var-group=${matchers.join(",")}${time}`;
  return { template } satisfies Text;
}

/** All SLOs of a service. */
export function serviceLink(service: string, platform: Platform): string | undefined {
  return linkTo(overviewDashboardUid, { service }, platform);
}

/** A budget, over as long as its period is. */
export function spendLink({ service, name, period }: SpendBudget, platform: Platform): string | undefined {
  const link = linkTo(spendDashboardUid, { slo_service: service, budget: name }, platform);
  return link && `${link}&from=now-${printSeconds(period.seconds)}&to=now`;
}

export function experimentLink({ service, name }: Experiment, platform: Platform): string | undefined {
  return linkTo(experimentDashboardUid, { slo_service: service, experiment: name }, platform);
}

function linkTo(uid: string, variables: Readonly<Record<string, string>>, { dashboards }: Platform) {
  if (dashboards === undefined) return undefined;
  const values = Object.entries(variables).map(([name, value]) => `var-${name}=${value}`);
  return `${dashboards.replace(/\/+$/, "")}/d/${uid}?${values.join("&")}`;
}
