/**
 * What mutants are tried on: every kind, tier, window, budget and experiment, each in a small service: promtool evaluates
 * all rules of a file in every test. Most periods are short for that.
 */
import {
  composite,
  definePlatform,
  defineService,
  events,
  freshness,
  gauge,
  latency,
  probe,
  ratio,
  type ServiceDeclaration,
  type SloDeclaration,
  score,
  throughput,
  timeSlices,
} from "firebreak";
import { rooms } from "./corpus-rooms.ts";

const common = { owner: "team", runbooks: "https://runbooks.example.com" };
const requests = events({ total: "requests_total", bad: "errors_total" });

function ofSlo(name: string, slo: Omit<SloDeclaration, "name">): ServiceDeclaration {
  return defineService({ ...common, name, slos: [{ name: "slo", window: "1d", ...slo } as SloDeclaration] });
}

const kinds: readonly ServiceDeclaration[] = [
  ofSlo("bad", { objective: 99, groupBy: ["model"], sli: requests }),
  ofSlo("codes", { objective: 99, sli: events({ total: "calls_total", bad: 'calls_total{code=~"5.."}' }) }),
  ofSlo("good", { objective: 99, sli: events({ total: "orders_total", good: "orders_kept_total" }) }),
  ofSlo("several", {
    objective: 99,
    sli: events({ total: ['calls_total{zone="a"}', 'calls_total{zone="b"}', "jobs_total"], bad: "errors_total" }),
  }),
  ofSlo("classic", { objective: 95, sli: latency({ histogram: "checkout_seconds", threshold: "500ms" }) }),
  ofSlo("native", {
    objective: 95,
    groupBy: ["route"],
    sli: latency({ histogram: "query_seconds", threshold: "250ms", type: "native" }),
  }),
  ofSlo("nhcb", { objective: 95, sli: latency({ histogram: "checkout_seconds", threshold: 0.5, type: "nhcb" }) }),
  ofSlo("gauge", { objective: 95, sli: gauge({ metric: "queue_depth", op: "<=", threshold: 100 }) }),
  ofSlo("probe", { objective: 95, sli: probe({ metric: 'probe_success{job="blackbox"}' }) }),
  ofSlo("fresh", { objective: 95, sli: freshness({ timestamp: "index_success_seconds", maxAge: "2h" }) }),
  ofSlo("fast", { objective: 95, sli: throughput({ metric: "tokens_total", atLeast: 100 }) }),
  ofSlo("slow", { objective: 95, sli: throughput({ metric: "retries_total", atMost: 50, slice: "2m" }) }),
  ofSlo("stars", { objective: 80, sli: score({ sum: "stars_total", count: "ratings_total", max: 5 }) }),
  ofSlo("ratio", { objective: 95, sli: ratio({ bad: "evaluation_error_ratio" }) }),
  ofSlo("slices", { objective: 95, budgeting: timeSlices({ slice: "5m", target: 95 }), sli: requests }),
  ofSlo("idle-bad", {
    objective: 95,
    groupBy: ["queue"],
    noTraffic: "bad",
    sli: gauge({ metric: "queue_depth", op: "<", threshold: 10 }),
  }),
  ofSlo("expressions", {
    objective: 99,
    sli: events({
      total: { promql: "sum(rate(answers_total[$window]))" },
      bad: { promql: "sum(rate(answers_failed_total[$window]))" },
    }),
  }),
  defineService({
    ...common,
    name: "made-of-others",
    slos: (["worst", "weighted", "serial"] as const).map((as) => ({
      name: as,
      objective: 98,
      window: "1d",
      dependsOn: ["bad/slo", "classic/slo"],
      evaluationInterval: "1m",
      sli: composite({ of: ["bad/slo", "classic/slo"], as }),
    })),
  }),
];

const features: readonly ServiceDeclaration[] = [
  ofSlo("workbook", { objective: 99.9, window: "30d", absence: { for: "4m" }, sli: requests }),
  ofSlo("week", { objective: 99, window: { calendar: "week" }, sli: requests }),
  ofSlo("month", { objective: 99.9, window: { calendar: "month", offset: "+01:00" }, sli: requests }),
  ofSlo("quarter", { objective: 99.9, window: { calendar: "quarter" }, sli: requests }),
  ofSlo("year", { objective: 99.9, window: { calendar: "year" }, sli: requests }),
  ofSlo("half-year", { objective: 99, window: "180d", sli: requests }),
  ofSlo("objectives", { objective: 99, groupBy: ["model"], objectives: { batch: 90, "gpt-4": 99.5 }, sli: requests }),
  ofSlo("few", { objective: 99, minEvents: 100, minBad: 3, eventsPerDay: 20_000, sli: requests }),
  ofSlo("traffic", { objective: 99, groupBy: ["model"], alerting: { threshold: "traffic" }, sli: requests }),
  ofSlo("excluded", {
    objective: 99,
    exclude: [
      { reason: "load test", from: "2027-01-12T20:00:00+01:00", to: "2027-01-12T22:00:00+01:00" },
      { reason: "backups", weekly: { on: ["monday", "thursday"], at: "23:30", for: "90m", offset: "+01:00" } },
      { reason: "invoices", monthly: { day: "last", at: "22:00", for: "3h" } },
    ],
    sli: requests,
  }),
  ofSlo("excluded-slices", {
    objective: 95,
    exclude: [{ reason: "backups", weekly: { on: ["monday"], at: "23:30", for: "90m" } }],
    sli: gauge({ metric: "queue_depth", op: "<=", threshold: 100, slice: "5m" }),
  }),
  ofSlo("budget-alerts", {
    objective: 99,
    groupBy: ["model"],
    alerting: {
      budget: { exhausted: true, below: [0.5, 0.25], forecast: "12h", drop: { share: 0.2, within: "2h" } },
    },
    sli: requests,
  }),
  ofSlo("own-tiers", {
    objective: 99,
    labels: { journey: "search" },
    dependsOn: ["bad/slo"],
    alerting: {
      tiers: [
        { name: "outage", severity: "page", long: "30m", short: "5m", burn: 12, for: "1m" },
        { name: "leak", severity: "ticket", long: "6h", short: "30m", budget: 0.25 },
        { name: "notice", severity: "info", long: "12h", short: "1h", burn: 1 },
      ],
      overrides: { leak: { keepFiringFor: "30m", labels: { escalation: "second" } } },
    },
    sli: requests,
  }),
];

const buckets = { checkout_seconds: [0.1, 0.25, 0.5, 1, 2.5, 5] };
const plain = definePlatform({ retention: "400d", buckets });

/** Several clusters behind one ruler, which is slower and takes small groups. */
const central = definePlatform({
  retention: "400d",
  buckets,
  identity: ["cluster"],
  severities: "kube-prometheus",
  scrapeInterval: "15s",
  evaluationInterval: "1m",
});

const all = [...kinds, ...features, ...rooms];
const shared = all.filter(({ name }) => ["bad", "native", "gauge", "daily", "trial"].includes(name));

/** What is built, platform by platform. */
export const corpus = [
  { name: "plain", platform: plain, services: all },
  { name: "central", platform: central, services: shared },
];
