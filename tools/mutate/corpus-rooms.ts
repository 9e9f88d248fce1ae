/** The budgets and the experiment that mutants are tried on. */
import { defineService, events, experiment, latency, type ServiceDeclaration, spend, tokens, usd } from "firebreak";

const common = { owner: "team", runbooks: "https://runbooks.example.com" };

const ofBudget = (name: string, budgets: NonNullable<ServiceDeclaration["budgets"]>): ServiceDeclaration =>
  defineService({ ...common, name, budgets });

const metric = "cost_dollars_total";
const quiet = { anomaly: false, burn: false, forecast: false } as const;

export const rooms: readonly ServiceDeclaration[] = [
  ofBudget("daily", [
    spend({
      name: "daily",
      metric,
      per: "day",
      limit: usd(500),
      by: ["model"],
      limits: { "gpt-4": usd(300) },
      anomaly: { atLeast: usd(50), ratio: 1 },
    }),
  ]),
  ofBudget("monthly", [
    spend({ name: "monthly", metric, per: "month", limit: usd(9000), thresholds: [0.8, 1], ...quiet }),
  ]),
  ofBudget("rolling", [spend({ name: "rolling", metric, per: "7d", by: ["team"], limitEach: usd(3000), anomaly: {} })]),
  ofBudget("users", [
    spend({
      name: "users",
      metric,
      per: "day",
      by: ["model"],
      limit: usd(500),
      limits: { "gpt-4": usd(300), "gpt-4.5": usd(200) },
      limitEach: usd(100),
      activeUsers: "active_users",
      thresholds: [1],
      ...quiet,
    }),
  ]),
  ofBudget("units", [
    spend({
      name: "units",
      metric,
      per: "day",
      limit: usd(500),
      requests: "requests_total",
      tokens: "tokens_total",
      unitCost: { perRequest: usd(0.05), per1kTokens: usd(0.03) },
      activeUsers: "active_users",
      ...quiet,
    }),
  ]),
  ofBudget("prices", [
    spend({
      name: "prices",
      prices: {
        tokens: { input: "prompt_tokens_total", output: "generation_tokens_total" },
        model: "model",
        per: "1M",
        models: { large: { input: usd(10), output: usd(30) }, small: { input: usd(0.5), output: usd(1.5) } },
      },
      per: "hour",
      limit: usd(200),
      ...quiet,
    }),
  ]),
  ofBudget("tokens", [tokens({ name: "tokens", metric: "tokens_total", per: "hour", limit: tokens(2_000_000) })]),
  defineService({
    ...common,
    name: "trial",
    experiments: [
      experiment({
        name: "prompt",
        label: "variant",
        baseline: "A",
        variants: ["B", "C"],
        slis: [
          { name: "success", sli: events({ total: "requests_total", bad: "errors_total" }) },
          { name: "latency", sli: latency({ histogram: "checkout_seconds", threshold: "500ms" }) },
        ],
        cost: { metric, per: "requests_total" },
        atLeast: 0.02,
        window: "6h",
        minSample: 300,
      }),
    ],
  }),
];
