/** From a row of the overview to the dashboard of its service: the uid travels as a label that is not shown. */
import { dashboardUid } from "../../compile/naming.ts";
import type { Expr } from "../../promql/ast.ts";
import { call, text } from "../../promql/build.ts";
import type { Override } from "./model.ts";

/** The same vector, with the uid of each service's dashboard as the label `dashboard`. */
export function withDashboard(expr: Expr, services: readonly string[]): Expr {
  if (services.length === 0) return expr;
  const cut = services.filter((service) => dashboardUid(service) !== dashboardUid("$1").replace("$1", service));
  const named = labelled(expr, dashboardUid("$1"), "(.+)");
  return cut.reduce((labels, service) => labelled(labels, dashboardUid(service), service), named);
}

/** The service's name is a link; the uid that it needs has no column. */
export const dashboardLinks: readonly Override[] = [
  {
    matcher: { id: "byName", options: "Service" },
    properties: [
      {
        id: "links",
        value: [{ title: "Open the service's dashboard", url: "/d/${__data.fields.dashboard}", targetBlank: false }],
      },
    ],
  },
  {
    matcher: { id: "byName", options: "dashboard" },
    // The first is Grafana up to 12.1, the second from 12.2 on.
    properties: [
      { id: "custom.hidden", value: true },
      { id: "custom.hideFrom", value: { legend: false, tooltip: false, viz: true } },
    ],
  },
];

function labelled(expr: Expr, uid: string, service: string): Expr {
  return call("label_replace", expr, text("dashboard"), text(uid), text("slo_service"), text(service));
}
