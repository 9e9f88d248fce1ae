/** The dashboard of one service: everything it promises at a glance, then a section per SLO. */
import { dashboardUid, records } from "../../compile/naming.ts";
import type { ServicePlan } from "../../compile/plan.ts";
import { isPerGroup } from "../../compile/slo/objectives.ts";
import type { Platform } from "../../model/service.ts";
import { binary, number, selector } from "../../promql/build.ts";
import { print } from "../../promql/print.ts";
import type { Section } from "./arrange.ts";
import { dashboard } from "./dashboard.ts";
import { plain } from "./escape.ts";
import { groupVariable } from "./groups.ts";
import type { Annotation, Dashboard } from "./model.ts";
import { BAD, NEUTRAL } from "./palette.ts";
import { DATASOURCE } from "./panel.ts";
import { sloSection } from "./slo-section.ts";
import { sloTable } from "./slo-table.ts";
import { viewSlo } from "./slo-view.ts";

/** More sections than this start closed: the table on top says which one to open. */
const MOST_OPEN = 3;

/** A service's dashboard. */
export function serviceDashboard(plan: ServicePlan, platform: Platform): Dashboard {
  const { service, slos } = plan;
  const collapsed = slos.length > MOST_OPEN;
  return dashboard({
    uid: dashboardUid(service.name),
    title: `SLOs: ${service.name}`,
    description: plain(
      service.description ?? `Objectives and error budgets of ${service.name}, owned by ${service.owner}.`,
    ),
    tags: ["service", service.name],
    from: "now-6h",
    variables: groupLabelsOf(slos).map((label) => groupVariable(label, service.name)),
    annotations: [pages(service.name, platform), ...exclusions(plan), deployments(service.name)],
    sections: [summary(plan, platform), ...slos.map((slo) => sloSection(viewSlo(slo, platform), collapsed))],
  });
}

/** Every label by which some of the SLOs splits its budget, sorted. */
export function groupLabelsOf(slos: ServicePlan["slos"]): string[] {
  return [...new Set(slos.flatMap((slo) => slo.groupLabels))].sort();
}

function summary({ service, slos }: ServicePlan, platform: Platform): Section {
  const body = sloTable({
    title: "Every objective, the most urgent first",
    description:
      "State is the most urgent alert that is firing. Budget left is the share of the error budget; below zero the objective is missed. At a burn of 1× the budget just lasts.",
    matchers: [{ label: "slo_service", op: "=", value: service.name }],
    groupLabels: groupLabelsOf(slos),
    perGroup: slos.some(({ slo }) => isPerGroup(slo)),
    severities: platform.severities,
  });
  return { name: "summary", lines: [{ height: tableHeight(slos), panels: [{ name: "table", width: 24, body }] }] };
}

/** Room for every SLO, and for a few groups where there are some. */
function tableHeight(slos: ServicePlan["slos"]): number {
  const rows = slos.reduce((sum, slo) => sum + (slo.groupLabels.length === 0 ? 1 : 3), 0);
  return Math.min(3 + rows, 12);
}

/** A red line across every graph where a page began. */
function pages(service: string, platform: Platform): Annotation {
  const firing = selector("ALERTS", { slo_service: service, alertstate: "firing", severity: platform.severities.page });
  return {
    name: "Pages",
    datasource: DATASOURCE,
    enable: true,
    iconColor: BAD,
    expr: print(firing),
    step: "60s",
    titleFormat: "{{alertname}}",
    textFormat: "{{slo}}",
    tagKeys: "tier",
    useValueForTime: false,
  };
}

/** A grey band across every graph while nothing of an SLO counts. */
function exclusions({ service, slos }: ServicePlan): Annotation[] {
  if (slos.every(({ slo }) => slo.exclusions.length === 0)) return [];
  const expr = binary("==", selector(records.excluded, { slo_service: service.name }), number(1));
  return [
    {
      name: "Exclusions",
      datasource: DATASOURCE,
      enable: true,
      iconColor: NEUTRAL,
      expr: print(expr),
      step: "60s",
      titleFormat: "Excluded",
      textFormat: "{{slo}}: nothing counts",
      tagKeys: "slo",
      useValueForTime: false,
    },
  ];
}

/** Whatever the deployment pipeline posts with these tags: https://grafana.com/docs/grafana/latest/developers/http_api/annotations/ */
function deployments(service: string): Annotation {
  return {
    name: "Deployments",
    datasource: { type: "grafana", uid: "-- Grafana --" },
    enable: true,
    iconColor: NEUTRAL,
    target: { type: "tags", tags: ["deployment", service], matchAny: false, limit: 100 },
  };
}
