/** Beside the rules and the inhibition that kube-prometheus brings, whose Watchdog and InfoInhibitor always fire. */
import { SINK } from "../scaled.ts";
import type { Beside, Scenario } from "../scenario.ts";
import { availability, outage, traffic } from "./shop.ts";

// What these do is from https://github.com/prometheus-operator/kube-prometheus, in few words.
const stock: Beside = {
  rules: {
    groups: [
      {
        name: "general.rules",
        rules: [
          { alert: "Watchdog", expr: "vector(1)", labels: { severity: "none" } },
          {
            alert: "InfoInhibitor",
            expr: 'ALERTS{severity="info"} == 1 unless on (namespace) ALERTS{alertname!="InfoInhibitor", severity=~"warning|critical", alertstate="firing"} == 1',
            labels: { severity: "none" },
          },
          {
            alert: "etcdMembersDown",
            expr: "etcd_members_down > 0",
            labels: { severity: "critical", namespace: "kube-system" },
          },
          { alert: "KubeQuotaAlmostFull", expr: "vector(1)", labels: { severity: "info", namespace: "quotas" } },
        ],
      },
    ],
  },
  inhibit: [
    {
      source_matchers: ['severity="critical"'],
      target_matchers: ['severity=~"warning|info"'],
      equal: ["namespace", "alertname"],
    },
    {
      source_matchers: ['severity="warning"'],
      target_matchers: ['severity="info"'],
      equal: ["namespace", "alertname"],
    },
    { source_matchers: ['alertname="InfoInhibitor"'], target_matchers: ['severity="info"'], equal: ["namespace"] },
  ],
};

export const kubePrometheus: Scenario = {
  name: "kube-prometheus",
  title:
    "with kube-prometheus's rules: all firebreak alerts are delivered, a foreign critical alert reaches the pager, Watchdog reaches the heartbeat",
  services: [
    {
      ...availability("shop"),
      budgets: [
        {
          kind: "spend",
          name: "daily",
          metric: 'cost_dollars_total{job="shop"}',
          per: "day",
          burn: false,
          limit: { amount: 100, unit: "dollars" },
        },
      ],
    },
  ],
  platform: {
    severities: { page: "critical", ticket: "warning", info: "notice" },
    watchdog: { webhook: { url: `${SINK}/heartbeat` } },
  },
  series: [
    ...traffic("shop", outage([0, 10])),
    {
      metric: "etcd_members_down",
      job: "etcd",
      value: [
        [2, 1],
        [12, 0],
      ],
    },
    // Sixty percent by six in the morning, and no more.
    {
      metric: "cost_dollars_total",
      job: "shop",
      isMoney: true,
      rate: [
        [-60, 60 / 3600],
        [0, 0],
      ],
    },
  ],
  beside: stock,
  recovery: 12,
  end: 490,
  expected: {
    fired: [
      ...["BudgetForecast", "BudgetSpent50", "InfoInhibitor", "KubeQuotaAlmostFull"],
      ...["SloBurnPageFast", "Watchdog", "etcdMembersDown"],
    ],
    inhibited: ["KubeQuotaAlmostFull"],
    notifications: { page: [2, 2], ticket: [1, 1], info: [1, 0] },
    incidents: 2,
    // The forecast, from what is spent by three in the morning.
    ringsAfter: 1,
    // What is spent stays spent until midnight, which is later.
    open: 1,
    beats: true,
  },
};
