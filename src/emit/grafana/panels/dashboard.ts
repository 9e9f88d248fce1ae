/** What all dashboards have in common: the data source drop-down, links to each other, and annotations. */
import type { Section } from "./arrange.ts";
import { arrange } from "./arrange.ts";
import type { Annotation, Dashboard, Link, Variable } from "./model.ts";

export interface DashboardOptions {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Beside `firebreak` and `slo`, which every dashboard carries. */
  readonly tags: readonly string[];
  readonly from: string;
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly sections: readonly Section[];
}

/** Tags of every dashboard that this project writes: links find them by these. */
const TAGS = ["firebreak", "slo"] as const;

/** A complete dashboard. */
export function dashboard(options: DashboardOptions): Dashboard {
  return {
    id: null,
    uid: options.uid,
    title: options.title,
    description: options.description,
    tags: [...TAGS, ...options.tags],
    // Changed in slos/, not in Grafana.
    editable: false,
    graphTooltip: 1,
    timezone: "browser",
    time: { from: options.from, to: "now" },
    refresh: "1m",
    schemaVersion: 42,
    annotations: { list: [builtIn, ...options.annotations] },
    links: [
      dashboardLink("Overview", "All SLOs and budgets, and what is wrong now", "overview"),
      dashboardLink("SLO", "One objective, one group", "one-slo"),
      dashboardLink("Spend", "Budgets of money and tokens", "spend"),
      dashboardLink("Experiments", "Groups side by side", "experiments"),
    ],
    templating: { list: [datasourceVariable, ...options.variables] },
    panels: arrange(options.sections),
  };
}

/** Grafana adds it wherever it is missing, and would show a difference. */
const builtIn: Annotation = {
  name: "Annotations & Alerts",
  type: "dashboard",
  builtIn: 1,
  datasource: { type: "grafana", uid: "-- Grafana --" },
  enable: true,
  hide: true,
  iconColor: "rgba(0, 211, 255, 1)",
};

const datasourceVariable: Variable = {
  type: "datasource",
  name: "datasource",
  label: "Data source",
  query: "prometheus",
  refresh: 1,
  multi: false,
  includeAll: false,
  current: {},
};

function dashboardLink(title: string, tooltip: string, tag: string): Link {
  return {
    type: "dashboards",
    title,
    icon: "external link",
    tooltip,
    url: "",
    tags: ["firebreak", tag],
    asDropdown: false,
    includeVars: false,
    keepTime: true,
    targetBlank: false,
  };
}
