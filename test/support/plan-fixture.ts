/**
 * Small plans for tests of the emitters: tiers and alerts as a test wants them, whatever the compiler would make.
 */
import { burnAlertName } from "../../src/compile/alert-names.ts";
import type { Plan, RuleGroup, SentAlert, ServicePlan, SloPlan, TierPlan } from "../../src/compile/plan.ts";
import { burningAlert } from "../../src/compile/slo/alerts/burning.ts";
import { upstreamAlerts } from "../../src/compile/slo/alerts/upstream-down.ts";
import { measureSlo } from "../../src/compile/slo/measure-slo.ts";
import type { Platform, Severity, Slo } from "../../src/model/service.ts";
import type { Expr } from "../../src/promql/ast.ts";

const series: Expr = { node: "selector", metric: "slo:total:increase", matchers: [] };

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A platform with receivers for everyone, so that nothing falls through. */
export const platformFixture: Platform = {
  scrapeSeconds: 30,
  evaluationSeconds: 30,
  settleSeconds: 10,
  retentionSeconds: 45 * DAY,
  ruler: { rulesPerGroup: 20, groups: undefined },
  identity: ["cluster"],
  receivers: {
    default: {
      page: { pagerduty: { secret: "pagerduty" } },
      ticket: { slack: { secret: "slack", channel: "#alerts" } },
    },
    "ml-platform": {
      page: { pagerduty: { secret: "pagerduty-ml" }, slack: { secret: "slack", channel: "#ml-oncall" } },
    },
  },
  severities: { page: "page", ticket: "ticket", info: "info" },
  watchdog: undefined,
  businessHours: undefined,
  requiredLabels: [],
  dataSource: undefined,
  queries: undefined,
  policy: undefined,
  dashboards: "https://grafana.example.com",
  runbooks: "https://runbooks.example.com",
  secretsDirectory: "/etc/alertmanager/secrets",
  kubernetes: undefined,
  buckets: {},
  foreign: [],
  metricTypes: {},
};

/** The default policy for 30d and an objective of 99.9. */
export const tiersFixture: readonly TierPlan[] = [
  tierFixture("page-fast", "page", 14.4, HOUR, 300),
  tierFixture("page-slow", "page", 6, 6 * HOUR, 1800),
  tierFixture("ticket-fast", "ticket", 3, DAY, 2 * HOUR),
  tierFixture("ticket-slow", "ticket", 1, 3 * DAY, 6 * HOUR),
];

/** What a test says of an SLO; everything else has a default. */
export interface SloFixture {
  /** `service/slo`. */
  readonly id: string;
  readonly owner?: string;
  readonly groupBy?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly evaluationSeconds?: number;
  readonly tiers?: readonly TierPlan[];
}

/** A plan of these SLOs, on a platform that differs from `platformFixture` as given. */
export function planFixture(slos: readonly SloFixture[], changes: Partial<Platform> = {}): Plan {
  const platform = { ...platformFixture, ...changes };
  const services = [...new Set(slos.map(({ id }) => serviceOf(id)))];
  return { platform, services: services.map((name) => servicePlan(name, slos, platform)) };
}

/** A tier with an error budget of 0.001, over 30 days. */
export function tierFixture(
  name: string,
  severity: Severity,
  burn: number,
  longSeconds: number,
  shortSeconds: number,
): TierPlan {
  return {
    name,
    severity,
    alert: burnAlertName(name, severity),
    longSeconds,
    shortSeconds,
    burn,
    threshold: burn / 1000,
    budgetSpent: (burn * longSeconds) / (30 * DAY),
    forSeconds: 0,
    keepFiringForSeconds: 0,
    retuned: undefined,
  };
}

function servicePlan(name: string, all: readonly SloFixture[], platform: Platform): ServicePlan {
  const slos = all.filter(({ id }) => serviceOf(id) === name).map((slo) => sloPlan(slo, all, platform));
  const owner = slos[0]?.slo.owner ?? "ml-platform";
  const service = {
    name,
    description: undefined,
    owner,
    labels: {},
    ai: false,
    formerly: [],
    slos: slos.map(({ slo }) => slo),
    runbooks: undefined,
    budgets: [],
    experiments: [],
    source: undefined,
  };
  const down = targetsDown(name, owner, platform);
  return { service, groups: [groupOf(name, [down])], alerts: [down], slos, budgets: [], experiments: [] };
}

/** Of the service and a job: no SLO has it. */
function targetsDown(service: string, owner: string, platform: Platform): SentAlert {
  const labels = { reason: "some-down" };
  const parts: AlertFixture = { alert: "SloTargetsDown", tier: "targets-down", severity: "page", labels };
  return alertingRule({ slo_service: service }, owner, platform, parts);
}

function groupOf(name: string, rules: RuleGroup["rules"]): RuleGroup {
  return { name, intervalSeconds: 30, rules };
}

function sloPlan(fixture: SloFixture, all: readonly SloFixture[], platform: Platform): SloPlan {
  const slo = sloModel(fixture);
  const tiers = fixture.tiers ?? tiersFixture;
  const measurement = measureSlo(slo, platform);
  const alerts = [...tiers.map((tier) => burnAlert(slo, tier, platform)), ...otherAlerts(slo, platform)];
  const upstreams = all.filter(({ id }) => slo.dependsOn.includes(id)).map(sloModel);
  const context = { slo, platform, measurement, tiers, upstreams };
  return {
    slo,
    groupLabels: measurement.groupLabels,
    groups: [groupOf(slo.id, [...alerts, ...burningAlert(context), ...upstreamAlerts(context)])],
    measurement,
    tiers,
    dropped: [],
    alerts,
    queries: {
      errorRatio: () => series,
      goodRate: series,
      badRate: series,
      budgetRemaining: series,
      coverage: series,
    },
    links: { runbook: slo.runbook, dashboard: `${platform.dashboards}/d/${slo.service}` },
    words: { good: "requests that did not fail", bad: "requests that failed", unit: "requests" },
  };
}

function sloModel({
  id,
  owner = "ml-platform",
  groupBy = [],
  dependsOn = [],
  evaluationSeconds = 30,
}: SloFixture): Slo {
  const name = id.slice(id.indexOf("/") + 1);
  return {
    id,
    service: serviceOf(id),
    name,
    owner,
    description: undefined,
    policy: undefined,
    checks: [],
    sli: { kind: "events", total: counter("requests_total"), bad: counter("errors_total") },
    objectivePercent: 99.9,
    errorBudget: 0.001,
    periods: [{ kind: "rolling", seconds: 30 * DAY }],
    objectives: [],
    exclusions: [],
    windowSeconds: 30 * DAY,
    groupBy,
    alerting: {},
    budgeting: { kind: "events" },
    noTraffic: "ignore",
    absence: { noData: true, broken: true, severity: "ticket", forSeconds: 180 },
    minEvents: undefined,
    minBad: undefined,
    eventsPerDay: undefined,
    labels: {},
    annotations: {},
    runbook: `https://runbooks.example.com/${id}`,
    dependsOn,
    scrapeSeconds: 30,
    evaluationSeconds,
    reviewBy: undefined,
    loosened: undefined,
    formerly: [],
    generation: 1,
    path: [serviceOf(id), "slos", 0],
    source: undefined,
  };
}

function burnAlert(slo: Slo, { alert, name, severity, longSeconds, shortSeconds }: TierPlan, platform: Platform) {
  const labels = { long: `${longSeconds}s`, short: `${shortSeconds}s` };
  return sloAlert(slo, platform, { alert, tier: name, severity, labels });
}

function otherAlerts(slo: Slo, platform: Platform): SentAlert[] {
  const others = [
    { alert: "SloNoData", tier: "no-data", severity: "ticket", labels: { reason: "no-targets" } },
    { alert: "SloBroken", tier: "broken", severity: "ticket", labels: { reason: "bad-over-total" } },
    { alert: "SloOnlyErrors", tier: "only-errors", severity: "page" },
    { alert: "SloBudgetExhausted", tier: "budget-exhausted", severity: "ticket" },
  ] as const;
  return others.map((other) => sloAlert(slo, platform, other));
}

interface AlertFixture {
  readonly alert: string;
  readonly tier: string;
  readonly severity: Severity;
  readonly labels?: Readonly<Record<string, string>>;
}

function sloAlert(slo: Slo, platform: Platform, parts: AlertFixture): SentAlert {
  return alertingRule({ slo_service: slo.service, slo: slo.name }, slo.owner, platform, parts);
}

function alertingRule(
  id: Readonly<Record<string, string>>,
  owner: string,
  platform: Platform,
  { alert, tier, severity, labels = {} }: AlertFixture,
): SentAlert {
  const path = Object.values(id).join("/");
  return {
    type: "alert",
    alert,
    severity,
    expr: series,
    forSeconds: 0,
    keepFiringForSeconds: 0,
    labels: { ...id, tier, severity: platform.severities[severity], owner, ...labels },
    annotations: { summary: `${path}: ${alert}`, runbook_url: `https://runbooks.example.com/${path}` },
  };
}

function counter(metric: string) {
  return { type: "selector", selector: { node: "selector", metric, matchers: [] } } as const;
}

function serviceOf(id: string): string {
  return id.slice(0, id.indexOf("/"));
}
