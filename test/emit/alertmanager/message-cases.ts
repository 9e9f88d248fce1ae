/** Histories, and the alerts that they make: one of each kind of which people are notified. */
import type { ServiceDeclaration, SloDeclaration } from "../../../src/declare/declaration.ts";
import type { Input, Question } from "../../support/annotated.ts";

export interface Case extends Question {
  readonly name: string;
  /** How many alerts there are; one, if nothing is said. */
  readonly alerts?: number;
  /** How long the title may be, where names and numbers need more than a phone shows. */
  readonly title?: number;
}

const counted = { kind: "events", total: "requests_total", bad: "errors_total" } as const;

const errorRate: SloDeclaration = {
  name: "error-rate",
  objective: 99.9,
  window: "30d",
  groupBy: ["model"],
  sli: counted,
};

function gateway(slo: Partial<SloDeclaration>): ServiceDeclaration {
  return {
    name: "inference-gateway",
    owner: "ml-platform",
    slos: [{ ...errorRate, ...slo } as SloDeclaration],
  };
}

const ticketOnly = {
  alerting: {
    tiers: [
      { name: "ticket", severity: "ticket", long: "1h", short: "5m", burn: 3 },
      { name: "ticket-slow", severity: "ticket", long: "3d", short: "6h", burn: 1 },
    ],
  },
} as const;

/** 600 requests a minute: an hour in which some are bad, an hour of rest, and an hour in which others are. */
function traffic(model: string, before: number, now: number): Input[] {
  const labels = `job="gateway", instance="a", model="${model}"`;
  const [first, last] = [before / 2, now / 2];
  return [
    [`requests_total{${labels}}`, "0+300x360"],
    [`errors_total{${labels}}`, `0+${first}x119 ${120 * first}+0x119 ${120 * first + last}+${last}x120`],
  ];
}

const budget = {
  kind: "spend",
  name: "daily-spend",
  metric: "cost_dollars_total",
  per: "day",
  by: ["model"],
  limit: { amount: 12_000, unit: "dollars" },
  limits: { "gpt-4": { amount: 600, unit: "dollars" } },
} as const;

const spend: ServiceDeclaration = { name: "litellm", owner: "ml-platform", budgets: [budget] };

const perRequest: ServiceDeclaration = {
  name: "litellm",
  owner: "ml-platform",
  budgets: [
    {
      kind: "spend",
      name: "daily-spend",
      metric: "cost_dollars_total",
      per: "day",
      limit: { amount: 50_000, unit: "dollars" },
      requests: "requests_total",
      tokens: "tokens_total",
      unitCost: {
        perRequest: { amount: 0.05, unit: "dollars" },
        per1kTokens: { amount: 0.03, unit: "dollars" },
      },
    },
  ],
};

/** Half the targets of a job, one of which counts a model of its own. */
const half: Input[] = ["a", "b", "c", "d"].flatMap((instance): Input[] => {
  const dies = instance > "b" ? "x40 0x200" : "x240";
  return [
    [`up{job="gateway", instance="${instance}"}`, `1${dies}`],
    [
      `requests_total{job="gateway", instance="${instance}", model="${instance}"}`,
      `0+300x${instance > "b" ? "40 _x200" : "240"}`,
    ],
    [
      `errors_total{job="gateway", instance="${instance}", model="${instance}"}`,
      `0x${instance > "b" ? "40 _x200" : "240"}`,
    ],
  ];
});

function cost(model: string, values: string): Input[] {
  const labels = `job="litellm", instance="a"`;
  return [
    [`up{${labels}}`, "1x900"],
    [`cost_dollars_total{${labels}, model="${model}"}`, values],
  ];
}

const trial: ServiceDeclaration = {
  name: "inference-gateway",
  owner: "ml-platform",
  experiments: [
    {
      name: "prompt-v2",
      label: "variant",
      // What a format, a template and PromQL each take for something of theirs.
      baseline: 'v1 `50%d` {{ "}}',
      window: "1h",
      minSample: 100,
      for: "5m",
      slis: [{ name: "errors", sli: counted }],
    },
  ],
};

function variant(name: string, bad: number): Input[] {
  const labels = `job="gateway", instance="a", variant="${name}"`;
  return [
    [`requests_total{${labels}}`, "0+300x240"],
    [`errors_total{${labels}}`, `0+${bad}x240`],
  ];
}

const targets: Input[] = [
  ['up{job="gateway", instance="a"}', "1x40 0x200"],
  ['requests_total{job="gateway", instance="a", model="gpt-4"}', "0+300x40 _x200"],
  ['errors_total{job="gateway", instance="a", model="gpt-4"}', "0x40 _x200"],
];

export const cases: readonly Case[] = [
  {
    name: "a page",
    service: gateway({}),
    series: traffic("gpt-4", 162, 14.2),
    evalTime: "3h",
    alertname: "SloBurnPageFast",
  },
  {
    name: "a full outage",
    service: gateway({}),
    series: traffic("gpt-4", 162, 600),
    evalTime: "2h5m",
    alertname: "SloBurnPageFast",
  },
  {
    name: "a page after the budget is spent",
    service: gateway({}),
    series: traffic("gpt-4", 600, 300),
    evalTime: "2h20m",
    alertname: "SloBurnPageFast",
  },
  {
    name: "a page of groups with objectives of their own",
    service: gateway({ objectives: { "gpt-4": 99.8 } }),
    series: traffic("gpt-4", 162, 30),
    evalTime: "3h",
    alertname: "SloBurnPageFast",
  },
  {
    name: "a ticket of two groups",
    service: gateway(ticketOnly),
    series: [...traffic("gpt-4", 162, 14.2), ...traffic("mistral <small>", 0, 6)],
    evalTime: "3h",
    alertname: "SloBurnTicket",
    alerts: 2,
    title: 70,
  },
  {
    name: "a budget of errors that is spent",
    service: gateway({ alerting: { budget: { exhausted: true } } }),
    series: traffic("gpt-4", 600, 0),
    evalTime: "1h5m",
    alertname: "SloBudgetExhausted",
    title: 72,
  },
  {
    name: "a limit that is spent",
    service: spend,
    series: cost("gpt-4", "0+3.12x220"),
    evalTime: "1h44m",
    alertname: "BudgetSpent100",
  },
  {
    name: "a limit over everything",
    service: spend,
    series: [...cost("claude", "0+60x200"), ...cost("gpt-4", "0+1x200").slice(1)],
    evalTime: "1h40m",
    alertname: "BudgetSpent80",
    of: { tier: "spent-80" },
  },
  {
    name: "money that goes too fast",
    service: spend,
    series: cost("gpt-4", "0+3.12x200"),
    evalTime: "1h",
    alertname: "BudgetBurnFast",
    title: 64,
  },
  {
    name: "money that will not last",
    service: { ...spend, budgets: (spend.budgets ?? []).map((each) => ({ ...each, burn: false })) },
    // Nothing until three, and from then on more than the limit by midnight.
    series: cost("gpt-4", "0x360 0.5+0.5x600"),
    evalTime: "7h",
    alertname: "BudgetForecast",
    title: 64,
  },
  {
    name: "money that nobody counts",
    service: spend,
    series: [
      ['up{job="litellm", instance="a"}', "1x600"],
      ['cost_dollars_total{job="litellm", instance="a", model="gpt-4"}', "0+0.1x120 _x480"],
    ],
    evalTime: "2h20m",
    alertname: "BudgetNoData",
  },
  {
    name: "an experiment",
    service: trial,
    series: [...variant('v1 `50%d` {{ \\"}}', 3), ...variant("v2", 12)],
    evalTime: "2h",
    alertname: "ExperimentWorse",
    title: 80,
  },
  {
    name: "dead targets",
    service: gateway({}),
    series: targets,
    evalTime: "40m",
    alertname: "SloTargetsDown",
    of: { reason: "all-down" },
    title: 75,
  },
  {
    name: "some dead targets",
    service: gateway({}),
    series: half,
    evalTime: "40m",
    alertname: "SloTargetsDown",
    of: { reason: "some-down" },
    title: 75,
  },
  {
    name: "a request that costs too much",
    service: perRequest,
    series: [
      ...cost("gpt-4", "0+3.12x300"),
      ['requests_total{job="litellm", instance="a"}', "0+50x300"],
      ['tokens_total{job="litellm", instance="a"}', "0+500000x300"],
    ],
    evalTime: "2h30m",
    alertname: "BudgetUnitCost",
    title: 70,
  },
  {
    name: "a month of a million",
    service: { ...spend, budgets: [{ ...budget, per: "month", limit: { amount: 1_000_000, unit: "dollars" } }] },
    series: cost("claude", "0+6200x240"),
    evalTime: "1h40m",
    alertname: "BudgetSpent100",
    title: 70,
  },
  {
    name: "a metric that nobody has",
    service: gateway({}),
    series: [],
    evalTime: "2h",
    alertname: "SloBroken",
    of: { reason: "never-any-data" },
    title: 95,
  },
];
