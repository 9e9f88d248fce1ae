/** The dashboard of one SLO: one of it for all of them, since variables say which SLO and which group it shows. */
import { records, sloDashboardUid } from "../../../compile/names.ts";
import type { Platform } from "../../../model/service.ts";
import { dashboard } from "../panels/dashboard.ts";
import type { Annotation, Dashboard } from "../panels/model.ts";
import { BAD, NEUTRAL } from "../panels/palette.ts";
import { DATASOURCE } from "../panels/panel.ts";
import { one, oneOf } from "../panels/variables.ts";
import * as ask from "./one-slo.ts";
import { details } from "./slo-details.ts";
import { graphs } from "./slo-graphs.ts";
import { headline } from "./slo-headline.ts";

type Severities = Platform["severities"];

/** The first three lines fit on a screen of 1080 lines. */
export function sloDashboard({ severities }: Platform): Dashboard {
  return dashboard({
    uid: sloDashboardUid,
    title: "SLO",
    description: "One objective and one group: whether it burns, how far it is from its objective, and since when.",
    tags: ["one-slo"],
    from: "now-6h",
    variables: [
      one("slo_service", "Service", `label_values(${records.objective}, slo_service)`),
      one("slo", "SLO", `label_values(${records.objective}{slo_service="$slo_service"}, slo)`),
      oneOf("group", "Group", ask.groupsQuery, ask.groupsRegex),
    ],
    annotations: [pages(severities), exclusions, deployments],
    sections: [{ name: "slo", lines: [headline(severities), ...graphs(severities), details] }],
  });
}

/** A red line across every graph where a page began. */
function pages(severities: Severities): Annotation {
  return query("Pages", ask.firingPages(severities), BAD, "{{alertname}}");
}

/** A band across every graph while nothing of the SLO counts. */
const exclusions = query("Exclusions", `${records.excluded}{${ask.ONE}} == 1`, NEUTRAL, "Excluded: nothing counts");

function query(name: string, expr: string, iconColor: string, titleFormat: string): Annotation {
  return {
    name,
    datasource: DATASOURCE,
    enable: true,
    iconColor,
    expr,
    step: "60s",
    titleFormat,
    useValueForTime: false,
  };
}

/** Whatever the deployment pipeline posts with these tags: https://grafana.com/docs/grafana/latest/developers/http_api/annotations/ */
const deployments: Annotation = {
  name: "Deployments",
  datasource: { type: "grafana", uid: "-- Grafana --" },
  enable: true,
  iconColor: NEUTRAL,
  target: { type: "tags", tags: ["deployment", "$slo_service"], matchAny: false, limit: 100 },
};
