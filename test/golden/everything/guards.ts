import { defineService, events, gauge, template } from "firebreak";

const window = "1d";
const sli = events({ total: "requests_total", bad: "errors_total" });

/** More features: what keeps alerts from being wrong, and how they are reported. */
export const guards = defineService({
  name: "guards",
  description: "Alerts, and what keeps them right.",
  owner: "search",
  runbooks: "https://runbooks.example.com/guards",
  labels: { tier_of_service: "silver" },
  annotations: { channel: "#search" },
  slos: [
    { name: "low-traffic", objective: 99, window, minEvents: 100, minBad: 3, eventsPerDay: 20_000, sli },
    {
      name: "no-traffic-bad",
      objective: 99,
      window,
      groupBy: ["queue"],
      noTraffic: "bad",
      sli: gauge({ metric: "queue_depth", op: "<", threshold: 10 }),
    },
    {
      name: "no-traffic-good",
      objective: 99,
      window,
      groupBy: ["queue"],
      noTraffic: "good",
      sli: gauge({ metric: "queue_depth", op: "<", threshold: 10 }),
    },
    { name: "absence-off", objective: 99, window, absence: { noData: false, broken: false }, sli },
    { name: "absence-late", objective: 99, window, absence: { for: "15m" }, sli },
    {
      name: "budget-alerts",
      objective: 99,
      window,
      groupBy: ["model"],
      alerting: {
        budget: { exhausted: true, below: [0.5, 0.25], forecast: "12h", drop: { share: 0.2, within: "2h" } },
      },
      sli,
    },
    {
      name: "policy",
      objective: 99,
      window,
      policy: {
        warnBelow: 0.25,
        freezeAt: 0.05,
        exceptions: [{ until: "2027-01-31", why: "the new index must be out" }],
        says: "The owner decides; repairs go first.",
      },
      checks: [
        {
          what: "Index age, in seconds",
          how: "Older than an hour: the job stands still, start it again.",
          query: "max(time() - index_built_timestamp_seconds)",
        },
        { what: "Ask whoever rebuilds it", how: "It may be meant." },
      ],
      sli,
    },
    {
      name: "own-tiers",
      objective: 99,
      window,
      alerting: {
        tiers: [
          { name: "outage", severity: "page", long: "30m", short: "5m", burn: 12, for: "1m" },
          { name: "leak", severity: "ticket", long: "6h", short: "30m", budget: 0.25 },
          { name: "notice", severity: "info", long: "12h", short: "1h", burn: 1 },
        ],
        overrides: { leak: { keepFiringFor: "30m" } },
      },
      sli,
    },
    {
      name: "changed-tiers",
      objective: 99,
      window,
      alerting: {
        for: "2m",
        keepFiringFor: "10m",
        labels: { escalation: "first" },
        annotations: { note: "Look at the dashboard first." },
        overrides: {
          "page-fast": {
            for: "1m",
            keepFiringFor: "15m",
            labels: { escalation: "second" },
            annotations: { model: template("It is {{ $labels.model }}.") },
          },
          "page-slow": { severity: "ticket" },
          "ticket-fast": { enabled: false },
        },
      },
      groupBy: ["model"],
      sli,
    },
    { name: "no-alerts", objective: 99, window, alerting: { enabled: false }, sli },
    { name: "threshold-traffic", objective: 99, window, groupBy: ["model"], alerting: { threshold: "traffic" }, sli },
    {
      name: "texts",
      description: 'Quotes ", back\\slashes and accents (é) are data.',
      objective: 99,
      window,
      groupBy: ["model"],
      labels: { journey: "search" },
      annotations: { who: template("{{ $labels.model }} in {{ $labels.cluster }}"), note: 'plain "text"' },
      runbook: "https://wiki.example.com/texts",
      reviewBy: "2027-06-30",
      loosened: { from: 99.99, why: "The provider promises no more." },
      formerly: ["words"],
      generation: 2,
      sli,
    },
    { name: "depends", objective: 99, window, dependsOn: ["features/groups", "kinds/probe"], sli },
    { name: "intervals", objective: 99, window, scrapeInterval: "15s", evaluationInterval: "1m", sli },
  ],
});
